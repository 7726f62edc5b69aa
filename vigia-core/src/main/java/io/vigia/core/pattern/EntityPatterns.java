package io.vigia.core.pattern;

import io.vigia.core.event.Row;
import io.vigia.core.expr.Verdicts;
import io.vigia.core.state.KeyState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All patterns of one entity: follows them through the events of a key and tells the row which of
 * them it completes.
 *
 * <p><b>Shape.</b> The pattern at position <i>i</i> keeps its partial matches in the register
 * {@code firstRegister + i}, and sets its slot to 1 at an event that completes a match and to 0 at
 * every other.
 *
 * <p><b>Errors.</b> An event older than the last one of a partial match cannot go on with it; where
 * it would have, it is counted and its row marked late.
 */
public final class EntityPatterns {
  private final Pattern[] patterns;
  private final int[] slots;
  private final int firstRegister;
  private final long outOfOrderMs;
  private final CoarseMatches coarse;

  /** By stream. */
  private final @Nullable StepAnswers[] answers;

  /**
   * @param slots by pattern: where a row says whether it is completed, or is marked coarse where
   *     time completes it
   * @param featureSlots by name: the first slots of the features that conditions read
   * @param outOfOrderMs how late events may come that are not marked late, in milliseconds
   */
  public EntityPatterns(
      List<Pattern> patterns,
      int[] slots,
      int firstRegister,
      Map<String, Integer> featureSlots,
      long outOfOrderMs) {
    this.patterns = patterns.toArray(Pattern[]::new);
    this.slots = slots.clone();
    this.firstRegister = firstRegister;
    this.outOfOrderMs = outOfOrderMs;
    this.coarse = CoarseMatches.of(patterns, slots, featureSlots, firstRegister + patterns.size());
    int streams = patterns.isEmpty() ? 0 : patterns.get(0).matcher().streams();
    this.answers = new @Nullable StepAnswers[streams];
    for (int stream = 0; stream < streams; stream++) {
      answers[stream] = StepAnswers.to(stream, this.patterns);
    }
  }

  /** Compiles now what would be compiled with the first event. */
  public void prepare() {
    for (StepAnswers each : answers) {
      if (each != null) {
        each.prepare();
      }
    }
  }

  public List<Pattern> patterns() {
    return List.of(patterns);
  }

  /** How many registers the patterns need. */
  public int registers() {
    return patterns.length + coarse.registers();
  }

  /** Takes an event in and fills its row's slots. */
  public void process(KeyState state, Row row) {
    if (patterns.length == 0) {
      return;
    }
    long settled = state.newestMs() - outOfOrderMs;
    StepAnswers asked = answers[row.event().stream().ordinal()];
    Verdicts verdicts = asked == null ? null : asked.ask(row);
    for (int i = 0; i < patterns.length; i++) {
      boolean matched =
          asked != null
              && patterns[i]
                  .matcher()
                  .process(state, firstRegister + i, row, asked.of(i, verdicts), settled);
      if (!patterns[i].endsInSilence()) {
        row.features().setNumber(slots[i], matched ? 1 : 0);
      }
    }
    coarse.follow(state, row);
  }

  /**
   * The time at which the silence of a key next completes a pattern; {@link Long#MAX_VALUE} when
   * none waits for that.
   */
  public long nextDueMs(KeyState state) {
    long due = Long.MAX_VALUE;
    for (int i = 0; i < patterns.length; i++) {
      due = Math.min(due, patterns[i].matcher().dueMs(state, firstRegister + i));
    }
    return due;
  }

  /** The same for the pattern at a position alone. */
  public long dueMs(KeyState state, int position) {
    return patterns[position].matcher().dueMs(state, firstRegister + position);
  }

  /**
   * What silence has completed, and when.
   *
   * @param sinceMs the time of the match's first event
   * @param lastMs the time of its last
   */
  public record Silence(Pattern pattern, long dueMs, long sinceMs, long lastMs) {}

  /** Completes the match of a pattern that is due at {@link #dueMs}. */
  public Silence complete(KeyState state, int position) {
    long due = dueMs(state, position);
    PatternMatcher.Completed match =
        patterns[position].matcher().complete(state, firstRegister + position, due);
    return new Silence(patterns[position], due, match.startMs(), match.lastMs());
  }

  /** Marks the row of a match that silence has completed, where there may have been none. */
  public void markCoarse(KeyState state, int position, Row row) {
    if (coarse.isMarked(state, patterns[position], row.event().timeMs())) {
      row.markCoarse(slots[position]);
    }
  }

  /**
   * The event time after which no partial match of a key is left, nor anything that marks one;
   * {@link Long#MIN_VALUE} when there is none.
   */
  public long expiresMs(KeyState state) {
    long expires = coarse.expiresMs(state);
    for (int i = 0; i < patterns.length; i++) {
      expires = Math.max(expires, patterns[i].matcher().expiresMs(state, firstRegister + i));
    }
    return expires;
  }

  /** How many events of a key came too late to go on with a partial match. */
  public long overtaken(KeyState state) {
    long overtaken = 0;
    for (int i = 0; i < patterns.length; i++) {
      PartialMatches matches = patterns[i].matcher().find(state, firstRegister + i);
      overtaken += matches == null ? 0 : matches.overtaken();
    }
    return overtaken;
  }

  /** How many partial matches of a key were given up because there were too many. */
  public long givenUp(KeyState state) {
    long givenUp = 0;
    for (int i = 0; i < patterns.length; i++) {
      PartialMatches matches = patterns[i].matcher().find(state, firstRegister + i);
      givenUp += matches == null ? 0 : matches.givenUp();
    }
    return givenUp;
  }
}
