package io.vigia.cli.verify;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.wire.decision.DecisionJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares the decisions of a replay with recorded ones, event by event.
 *
 * <p><b>Shape.</b> First {@link #replayed} for each decision of the replay, then {@link #compare}
 * with all recorded ones, as often as they are read anew.
 *
 * <p><b>Units and bounds.</b> About 400 bytes a decision of the replay, more where features are
 * told; the first {@value #SHOWN_MAX} differences and extra events in full. Owned by one thread.
 */
public final class Verification {
  private static final int SHOWN_MAX = 10;

  private final PromisedParts promised;
  private final List<Recorded> replayed = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();
  private final DecisionJson json = new DecisionJson();

  public Verification(CompiledPipeline pipeline) {
    this.promised = new PromisedParts(pipeline);
  }

  /** Gives the recorded decisions, one after the other. */
  @FunctionalInterface
  public interface Source {
    void forEach(Consumer<Recorded> sink);
  }

  /** Takes a decision of the replay, with the features that its rules read. */
  public void replayed(Decision decision) {
    Recorded full = Recorded.of(decision, json);
    replayed.add(
        new Recorded(
            full.id(),
            once(full.pipeline()),
            once(full.stream()),
            once(full.key()),
            full.eventId(),
            once(full.outcome()),
            full.rules(),
            full.features(),
            full.moment()));
  }

  /**
   * Says that in the recorded run an event came after time had passed it, so that another run might
   * have decided the silences of its key otherwise.
   */
  public void late(Event event) {
    promised.late(event.stream().name(), event.key());
  }

  private String once(String text) {
    return known.computeIfAbsent(text, t -> t);
  }

  /**
   * What a comparison found.
   *
   * @param promisedDifferent decisions that differ in something promised
   * @param otherDifferent decisions that differ in other things alone
   * @param undecided of these the silences that only the replay has
   * @param missing events of the replay without a recorded decision
   * @param extra recorded decisions of events that the replay does not have
   * @param doubled recorded decisions of an event that has one already
   */
  public record Outcome(
      long equal,
      long promisedDifferent,
      long otherDifferent,
      long undecided,
      long missing,
      long extra,
      long doubled,
      Hashes all,
      Hashes ofPromised,
      boolean everythingPromised,
      Map<String, Long> differentParts,
      List<Difference> differences,
      List<String> missingEvents,
      List<String> extraEvents) {
    public Outcome {
      differentParts = new TreeMap<>(differentParts);
      differences = List.copyOf(differences);
      missingEvents = List.copyOf(missingEvents);
      extraEvents = List.copyOf(extraEvents);
    }

    public long recorded() {
      return equal + promisedDifferent + otherDifferent - undecided + extra + doubled;
    }

    public boolean isComplete() {
      return missing + undecided == 0;
    }

    /**
     * Whether the comparison is passed.
     *
     * @param exact whether what depends on the order between partitions must be equal as well
     */
    public boolean isPassed(boolean exact) {
      return promisedDifferent + missing + extra + doubled == 0 && (!exact || otherDifferent == 0);
    }
  }

  /** A hash on both sides, and how many keys have the same one. */
  public record Hashes(String replayed, String recorded, int keys, long equalKeys) {}

  /** Compares with all recorded decisions. */
  public Outcome compare(Source source) {
    return new Comparison().run(source);
  }

  private final class Comparison {
    private final Map<String, Recorded> open = new HashMap<>();
    private final Map<String, Recorded> matched = new HashMap<>();
    private final DecisionHash allHere = new DecisionHash();
    private final DecisionHash allThere = new DecisionHash();
    private final DecisionHash promisedHere = new DecisionHash();
    private final DecisionHash promisedThere = new DecisionHash();
    private final Map<String, Long> differentParts = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> extraEvents = new ArrayList<>();
    private @Nullable Boolean byId;
    private long equal;
    private long promisedDifferent;
    private long otherDifferent;
    private long undecided;
    private long extra;
    private long doubled;

    Outcome run(Source source) {
      source.forEach(this::take);
      if (byId == null) {
        index(true);
      }
      for (Recorded decision : replayed) {
        allHere.add(keyOf(decision), text(decision));
        if (!isDoubtful(decision)) {
          promisedHere.add(keyOf(decision), promisedText(decision));
        }
      }
      open.values().stream().filter(Verification.this::isDoubtful).forEach(this::onlyHere);
      open.values().removeIf(Verification.this::isDoubtful);
      List<String> missing =
          open.values().stream().limit(SHOWN_MAX).map(Verification::name).sorted().toList();
      return new Outcome(
          equal,
          promisedDifferent,
          otherDifferent,
          undecided,
          open.size(),
          extra,
          doubled,
          hashes(allHere, allThere),
          hashes(promisedHere, promisedThere),
          promised.isEverything(),
          differentParts,
          differences,
          missing,
          extraEvents);
    }

    private static Hashes hashes(DecisionHash here, DecisionHash there) {
      return new Hashes(
          here.overall(),
          there.overall(),
          Math.max(here.keys(), there.keys()),
          here.equalKeys(there));
    }

    /** The lines of a backtest have no decision id; there the event's id must do. */
    private void index(boolean withIds) {
      byId = withIds;
      replayed.forEach(decision -> open.put(identity(decision, withIds), decision));
    }

    private static String identity(Recorded decision, boolean withIds) {
      return withIds ? decision.id() : decision.stream() + "\n" + decision.eventId();
    }

    private void take(Recorded recorded) {
      if (byId == null) {
        index(!recorded.id().isEmpty());
      }
      String identity = identity(recorded, Boolean.TRUE.equals(byId));
      Recorded here = open.remove(identity);
      if (here == null) {
        notOpen(identity, recorded);
        return;
      }
      matched.put(identity, here);
      allThere.add(keyOf(here), text(recorded));
      if (!isDoubtful(here)) {
        promisedThere.add(keyOf(here), promisedText(recorded));
      }
      Difference difference = Difference.between(here, recorded, promised);
      if (difference.parts().isEmpty()) {
        equal++;
        return;
      }
      different(isDoubtful(here) ? difference.ofDoubtful() : difference);
    }

    private void onlyHere(Recorded silence) {
      undecided++;
      different(Difference.ofSilence(silence, true));
    }

    private void different(Difference difference) {
      if (difference.isPromised()) {
        promisedDifferent++;
      } else {
        otherDifferent++;
      }
      difference.parts().forEach(part -> differentParts.merge(part.what(), 1L, Long::sum));
      show(difference);
    }

    private void notOpen(String identity, Recorded recorded) {
      if (matched.containsKey(identity)) {
        doubled++;
        return;
      }
      allThere.add(keyOf(recorded), text(recorded));
      if (isDoubtful(recorded)) {
        matched.put(identity, recorded);
        different(Difference.ofSilence(recorded, false));
        return;
      }
      extra++;
      promisedThere.add(keyOf(recorded), promisedText(recorded));
      if (extraEvents.size() < SHOWN_MAX) {
        extraEvents.add(name(recorded));
      }
    }

    /** What is promised is shown before what is not. */
    private void show(Difference difference) {
      if (difference.isPromised()) {
        long shown = differences.stream().filter(Difference::isPromised).count();
        if (shown < SHOWN_MAX) {
          differences.add((int) shown, difference);
        }
      } else {
        differences.add(difference);
      }
      if (differences.size() > SHOWN_MAX) {
        differences.remove(SHOWN_MAX);
      }
    }
  }

  private boolean isDoubtful(Recorded decision) {
    return promised.isDoubtfulSilence(decision.stream(), decision.key());
  }

  private static String keyOf(Recorded decision) {
    return decision.stream() + "\n" + decision.key();
  }

  private static String name(Recorded decision) {
    return decision.stream() + " " + decision.eventId();
  }

  private static String text(Recorded decision) {
    return String.join(
        "\n",
        decision.eventId(),
        decision.outcome(),
        decision.rules().toString(),
        new TreeMap<>(decision.features()).toString());
  }

  private String promisedText(Recorded decision) {
    String stream = decision.stream();
    Map<String, String> features = new TreeMap<>(decision.features());
    features
        .keySet()
        .removeIf(
            name ->
                !promised.isFeature(stream, name)
                    || !promised.isReadByPromised(decision.rules(), name));
    return String.join(
        "\n",
        decision.eventId(),
        promised.isOutcome(stream) ? decision.outcome() : "",
        decision.rules().stream().filter(promised::isRule).toList().toString(),
        features.toString());
  }
}
