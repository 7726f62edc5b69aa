package io.vigia.core.decision;

import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a pipeline while its decisions come one after the other: what the server keeps in
 * its store, in memory.
 *
 * <p><b>Units and bounds.</b> Cooldown and end by event time, as {@link AlertSpan} has them, {@code
 * resolve_after} by the time that is given with each decision. Every alert is kept: this is for
 * tests. Not thread-safe.
 */
public final class AlertLog {
  private final List<AlertDefinition> definitions;
  private final Map<Group, List<Raised>> raised = new HashMap<>();

  public AlertLog(List<AlertDefinition> definitions) {
    this.definitions = List.copyOf(definitions);
  }

  /** The alerts, by name, that a decision raises, joins and ends. */
  public record Effects(List<String> raises, List<String> joins, List<String> ends) {
    public static final Effects NONE = new Effects(List.of(), List.of(), List.of());

    public Effects {
      raises = List.copyOf(raises);
      joins = List.copyOf(joins);
      ends = List.copyOf(ends);
    }

    public boolean isEmpty() {
      return raises.isEmpty() && joins.isEmpty() && ends.isEmpty();
    }
  }

  private record Group(String alert, List<@Nullable Object> values) {}

  /** An alert, and when a decision joined it last, by the clock. */
  private static final class Raised {
    AlertSpan span;
    long joinedMs;

    Raised(long eventMs, long joinedMs) {
      this.span = AlertSpan.raisedBy(eventMs);
      this.joinedMs = joinedMs;
    }

    AlertSpan span() {
      return span;
    }
  }

  /**
   * Takes the next decision.
   *
   * @param nowMs when that is, by the clock
   */
  public Effects take(Decision decision, long nowMs) {
    List<String> raises = new ArrayList<>();
    List<String> joins = new ArrayList<>();
    List<String> ends = new ArrayList<>();
    for (AlertDefinition alert : definitions) {
      String name = alert.name().value();
      if (alert.isRaisedBy(decision.outcome())) {
        List<Raised> group = group(alert, decision.event(), nowMs);
        (raise(group, alert, decision.event().timeMs(), nowMs) ? raises : joins).add(name);
      } else if (decision.resolves().contains(name)
          && end(group(alert, decision.event(), nowMs), decision.event().timeMs())) {
        ends.add(name);
      }
    }
    return new Effects(raises, joins, ends);
  }

  private List<Raised> group(AlertDefinition alert, Event event, long nowMs) {
    List<@Nullable Object> values = new ArrayList<>();
    Slots slots = event.values();
    for (Text field : alert.groupBy()) {
      int slot = event.stream().find(field.value());
      values.add(slot < 0 ? null : slots.boxed(slot, event.stream().type(slot)));
    }
    List<Raised> group =
        raised.computeIfAbsent(new Group(alert.name().value(), values), none -> new ArrayList<>());
    if (alert.resolveAfterMs() > 0) {
      for (Raised each : group) {
        if (each.span.isOpen() && each.joinedMs <= alert.quietSinceMs(nowMs)) {
          each.span = each.span.endedByQuiet();
        }
      }
    }
    return group;
  }

  /** Whether it is another alert, and not one more decision of one that is there. */
  private static boolean raise(List<Raised> group, AlertDefinition alert, long timeMs, long nowMs) {
    Optional<Raised> joined = AlertSpan.joined(group, Raised::span, timeMs, alert.cooldownMs());
    joined.ifPresentOrElse(
        known -> known.joinedMs = nowMs, () -> group.add(new Raised(timeMs, nowMs)));
    return joined.isEmpty();
  }

  private static boolean end(List<Raised> group, long timeMs) {
    boolean any = false;
    for (Raised each : group) {
      if (each.span.isEndedBy(timeMs)) {
        each.span = each.span.endedBy(timeMs);
        any = true;
      }
    }
    return any;
  }
}
