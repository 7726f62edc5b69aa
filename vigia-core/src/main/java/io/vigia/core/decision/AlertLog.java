package io.vigia.core.decision;

import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a pipeline while its decisions come one after the other: what the server keeps in
 * its store, in memory.
 *
 * <p><b>Shape.</b> With a cooldown of 30 minutes, for decisions of one group:
 *
 * <pre>
 * event time   effect
 * 12:00        raises
 * 12:10        joins
 * 12:30        raises: the cooldown (12:00 − 30 min, 12:00 + 30 min) is over
 * 12:40        ends, where the decision resolves
 * 12:41        raises
 * </pre>
 *
 * <p><b>Units and bounds.</b> Cooldown and end by event time, {@code resolve_after} by the time
 * that is given with each decision. Every alert is kept: this is for tests. Not thread-safe.
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

  /** An alert; closed for events later than {@code closedMs} once it has ended. */
  private static final class Raised {
    final long timeMs;
    long joinedMs;
    long closedMs = Long.MAX_VALUE;

    Raised(long timeMs, long joinedMs) {
      this.timeMs = timeMs;
      this.joinedMs = joinedMs;
    }

    boolean isOpen() {
      return closedMs == Long.MAX_VALUE;
    }

    boolean takes(long eventMs, long cooldownMs) {
      return eventMs <= closedMs && Math.abs(timeMs - eventMs) < cooldownMs;
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
        if (each.isOpen() && each.joinedMs + alert.resolveAfterMs() <= nowMs) {
          each.closedMs = each.timeMs;
        }
      }
    }
    return group;
  }

  /** Whether it is another alert, and not one more decision of the newest that takes it. */
  private static boolean raise(List<Raised> group, AlertDefinition alert, long timeMs, long nowMs) {
    Raised newest = null;
    for (Raised each : group) {
      if (each.takes(timeMs, alert.cooldownMs())
          && (newest == null || each.timeMs > newest.timeMs)) {
        newest = each;
      }
    }
    if (newest == null) {
      group.add(new Raised(timeMs, nowMs));
      return true;
    }
    newest.joinedMs = nowMs;
    return false;
  }

  private static boolean end(List<Raised> group, long timeMs) {
    boolean any = false;
    for (Raised each : group) {
      if (each.isOpen() && each.timeMs <= timeMs) {
        each.closedMs = timeMs;
        any = true;
      }
    }
    return any;
  }
}
