package io.vigia.wire.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is read back from its bytes, by those who store, count and show it.
 *
 * <p><b>Shape.</b> {@code values} has the event's present fields by declared name, as the text that
 * stands in the JSON (strings without quotes). {@code features} is a tree: {@link String}, {@link
 * Long}, {@link java.math.BigDecimal} for other numbers, {@link Boolean}, null, lists and maps of
 * these. {@code reasons} runs beside {@code rules}; {@code resolves} names the alerts that the
 * event ends for its group; {@code givenUp} counts the partial matches that were given up at it.
 *
 * <p><b>Units and bounds.</b> {@code timeMs} epoch milliseconds.
 */
public record DecisionView(
    String id,
    String pipeline,
    int version,
    String stream,
    String key,
    String eventId,
    long timeMs,
    String outcome,
    long score,
    List<String> rules,
    List<String> reasons,
    Map<String, String> values,
    Map<String, @Nullable Object> features,
    List<String> resolves,
    int givenUp,
    int partition,
    long offset) {

  public DecisionView {
    rules = List.copyOf(rules);
    reasons = List.copyOf(reasons);
    resolves = List.copyOf(resolves);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
  }

  /**
   * Reads what {@link DecisionJson#encode} wrote; names that it does not know are passed over.
   *
   * @throws IllegalArgumentException when the bytes are no decision
   */
  public static DecisionView read(byte[] json) {
    return new DecisionReader().read(json);
  }
}
