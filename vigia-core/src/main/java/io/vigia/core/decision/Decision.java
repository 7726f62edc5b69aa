package io.vigia.core.decision;

import io.vigia.core.event.Event;
import io.vigia.core.event.EventId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for one event, and why.
 *
 * <p><b>Shape.</b> {@code rules} are the live rules that fired, in the order of the file; {@code
 * shadow} those that would have; {@code unknown} those whose answer hung on something missing;
 * {@code near} those that one number kept from firing, told only where the outcome is not the
 * mildest. {@code features} holds the value of every feature that a fired rule read, by name: a
 * {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@link java.time.Instant}, {@link
 * java.math.BigDecimal}, a map of such for a feature with parts, or null for a missing one. {@code
 * resolves} names the alerts that this event resolves for its group; {@code coarse} those of the
 * features and patterns that rules on the stream read whose value is coarse, since their key has
 * had more events than it keeps, or comes from such a value.
 */
public record Decision(
    String pipeline,
    int version,
    Event event,
    String outcome,
    long score,
    List<Fired> rules,
    List<Fired> shadow,
    List<Unknown> unknown,
    List<NearMiss> near,
    Map<String, @Nullable Object> features,
    List<String> resolves,
    List<String> coarse,
    boolean late) {

  public Decision {
    rules = List.copyOf(rules);
    shadow = List.copyOf(shadow);
    unknown = List.copyOf(unknown);
    near = List.copyOf(near);
    features =
        features.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(features));
    resolves = List.copyOf(resolves);
    coarse = List.copyOf(coarse);
  }

  /** A decision from exact values alone. */
  public Decision(
      String pipeline,
      int version,
      Event event,
      String outcome,
      long score,
      List<Fired> rules,
      List<Fired> shadow,
      List<Unknown> unknown,
      List<NearMiss> near,
      Map<String, @Nullable Object> features,
      List<String> resolves,
      boolean late) {
    this(
        pipeline, version, event, outcome, score, rules, shadow, unknown, near, features, resolves,
        List.of(), late);
  }

  /** The decision's id, which is that of its event; hashed anew at every call. */
  public EventId id() {
    return EventId.of(pipeline, event.stream().name(), event.key(), event.id());
  }

  /** A rule that fired, with its vote and its reason (empty when the rule gives none). */
  public record Fired(String rule, String outcome, int score, String reason) {}

  /** A rule that could not be answered, and what it lacked. */
  public record Unknown(String rule, String because) {}

  /**
   * A rule that would have fired if one number had met its comparison, and was within a tenth of
   * it.
   *
   * <p><b>Shape.</b> {@code comparison} as the rule says it, {@code card_count_5m > 10}; {@code
   * found} the number, a {@link Long}, {@link Double} or {@link java.math.BigDecimal}.
   */
  public record NearMiss(String rule, String comparison, Object found) {}
}
