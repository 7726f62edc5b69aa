package io.vigia.cli.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a recorded decision differs from the replayed one.
 *
 * <p><b>Shape.</b> At least one part.
 */
record Difference(Recorded replayed, List<Part> parts) {
  private static final String ABSENT = "not told";

  Difference {
    parts = List.copyOf(parts);
  }

  /**
   * One thing that differs.
   *
   * @param promised whether it should be equal in every run
   */
  record Part(String what, String replayed, String recorded, boolean promised) {}

  /** The same, of a decision that another run need not have made. */
  Difference ofDoubtful() {
    return new Difference(
        replayed,
        parts.stream()
            .map(part -> new Part(part.what, part.replayed, part.recorded, false))
            .toList());
  }

  /** A silence that was decided on one side alone. */
  static Difference ofSilence(Recorded decision, boolean replayed) {
    return new Difference(
        decision,
        List.of(
            new Part(
                "silence",
                replayed ? "decided" : "not decided",
                replayed ? "not decided" : "decided",
                false)));
  }

  /** Whether anything differs that should be equal in every run. */
  boolean isPromised() {
    return parts.stream().anyMatch(Part::promised);
  }

  /** What differs; without parts when nothing does. */
  static Difference between(Recorded replayed, Recorded recorded, PromisedParts promised) {
    List<Part> parts = new ArrayList<>();
    boolean doubtfulRule = false;
    for (String rule : union(replayed.rules(), recorded.rules())) {
      boolean here = replayed.rules().contains(rule);
      if (here != recorded.rules().contains(rule)) {
        parts.add(new Part("rule " + rule, fired(here), fired(!here), promised.isRule(rule)));
        doubtfulRule |= !promised.isRule(rule);
      }
    }
    if (!replayed.outcome().equals(recorded.outcome())) {
      parts.add(0, new Part("outcome", replayed.outcome(), recorded.outcome(), !doubtfulRule));
    }
    addFeatures(replayed, recorded, promised, parts);
    return new Difference(replayed, parts);
  }

  private static void addFeatures(
      Recorded replayed, Recorded recorded, PromisedParts promised, List<Part> parts) {
    String stream = replayed.stream();
    for (String name : union(replayed.features().keySet(), recorded.features().keySet())) {
      String here = replayed.features().get(name);
      String there = recorded.features().get(name);
      if (!Objects.equals(here, there)) {
        boolean mentioned = here != null && there != null;
        parts.add(
            new Part(
                name,
                Objects.requireNonNullElse(here, ABSENT),
                Objects.requireNonNullElse(there, ABSENT),
                promised.isFeature(stream, name)
                    && (mentioned || !promised.isMentionDoubtful(stream, name))));
      }
    }
  }

  private static String fired(boolean fired) {
    return fired ? "fired" : "did not fire";
  }

  private static Set<String> union(Iterable<String> a, Iterable<String> b) {
    Set<String> union = new TreeSet<>();
    a.forEach(union::add);
    b.forEach(union::add);
    return union;
  }
}
