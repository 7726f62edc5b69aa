package io.vigia.server.store;

import io.vigia.server.http.RequestParameters;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which decisions are asked for; a null is not asked about.
 *
 * <p><b>Units and bounds.</b> Event times in {@code [since, until)}.
 */
public record DecisionFilter(
    @Nullable String pipeline,
    @Nullable String stream,
    @Nullable String key,
    @Nullable String outcome,
    @Nullable String rule,
    @Nullable Instant since,
    @Nullable Instant until) {

  /** The parameters of a query string that a filter reads. */
  public static final Set<String> PARAMETERS =
      Set.of("pipeline", "stream", "key", "outcome", "rule", "since", "until");

  /** Everything. */
  public static final DecisionFilter ALL =
      new DecisionFilter(null, null, null, null, null, null, null);

  /** Reads a query string. */
  public static DecisionFilter of(RequestParameters parameters) {
    return new DecisionFilter(
        parameters.text("pipeline"),
        parameters.text("stream"),
        parameters.text("key"),
        parameters.text("outcome"),
        parameters.text("rule"),
        parameters.instant("since"),
        parameters.instant("until"));
  }

  Conditions conditions() {
    Conditions conditions =
        new Conditions()
            .add("d.pipeline = ?", pipeline)
            .add("d.stream = ?", stream)
            .add("left(d.key, 200) = left(?, 200)", key)
            .add("d.key = ?", key)
            .add("d.outcome = ?", outcome)
            .add("? = any(d.rules)", rule)
            .add("d.time >= ?", since)
            .add("d.time < ?", until);
    // Said in so many words for the index of those that have any.
    return rule == null ? conditions : conditions.add("d.rules <> '{}'");
  }
}
