package io.vigia.benchmarks.kernel;

import io.vigia.core.event.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the hand-written baseline says of a payment: all that a decision says. */
record Verdict(
    Event event,
    String outcome,
    int score,
    List<Fired> rules,
    List<Fired> shadow,
    Map<String, @Nullable Object> features) {

  /** A rule that fired. */
  record Fired(String rule, String outcome, int score, String reason) {}
}
