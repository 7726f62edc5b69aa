package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pattern means, word by word as {@code docs/language.md} says it: from each event on it
 * tries every way through the events behind it.
 */
final class NaivePattern {
  private final RandomPattern pattern;
  private final PatternDefinition definition;
  private final List<StepDefinition> steps;
  private final List<Event> events;

  private NaivePattern(RandomPattern pattern, List<Event> events) {
    this.pattern = pattern;
    this.definition = pattern.definition();
    this.steps = definition.steps();
    this.events = events;
  }

  /** The events that were taken, each with its step; positions are those of arrival. */
  record Way(List<Integer> steps, List<Integer> positions, List<Event> events) {
    List<Event> taken(int step) {
      List<Event> taken = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i) == step) {
          taken.add(events.get(positions.get(i)));
        }
      }
      return taken;
    }

    boolean has(int step) {
      return steps.contains(step);
    }

    Event last(int step) {
      List<Event> taken = taken(step);
      return taken.get(taken.size() - 1);
    }

    Way with(int step, int position) {
      List<Integer> more = new ArrayList<>(steps);
      more.add(step);
      List<Integer> further = new ArrayList<>(positions);
      further.add(position);
      return new Way(more, further, events);
    }

    int lastStep() {
      return steps.isEmpty() ? -1 : steps.get(steps.size() - 1);
    }

    int lastPosition() {
      return positions.get(positions.size() - 1);
    }
  }

  /** The positions of the events that complete a match, of the events of one entity. */
  static BitSet matches(RandomPattern pattern, List<Event> events) {
    return new NaivePattern(pattern, events).matches();
  }

  private BitSet matches() {
    BitSet matched = new BitSet();
    int from = 0;
    while (from < events.size()) {
      // Without overlap everything begins anew behind the first match.
      BitSet found = new BitSet();
      for (int start = from; start < events.size(); start++) {
        begin(start, found);
      }
      if (definition.overlap()) {
        return found;
      }
      int first = found.nextSetBit(from);
      if (first < 0) {
        return matched;
      }
      matched.set(first);
      from = first + 1;
    }
    return matched;
  }

  private void begin(int position, BitSet found) {
    Way nothing = new Way(List.of(), List.of(), events);
    if (!isEnd(nothing, events.get(position))) {
      for (int step : takers(nothing, position)) {
        follow(nothing.with(step, position), found);
      }
    }
  }

  private void follow(Way way, BitSet found) {
    int last = way.lastStep();
    if (last == steps.size() - 1 && way.taken(last).size() >= steps.get(last).least()) {
      found.set(way.lastPosition());
      if (!definition.overlap()) {
        return;
      }
    }
    Event start = events.get(way.positions().get(0));
    Event newest = events.get(way.lastPosition());
    for (int next = way.lastPosition() + 1; next < events.size(); next++) {
      Event event = events.get(next);
      if (!isOfPattern(event)) {
        continue;
      }
      if (event.timeMs() >= start.timeMs() + definition.withinMs()) {
        return;
      }
      if (event.timeMs() < newest.timeMs()) {
        continue;
      }
      if (isEnd(way, event)) {
        return;
      }
      List<Integer> takers = takers(way, next);
      for (int step : takers) {
        follow(way.with(step, next), found);
      }
      if (!takers.isEmpty() || definition.strict()) {
        return;
      }
    }
  }

  private boolean isOfPattern(Event event) {
    String stream = event.stream().name();
    return steps.stream()
            .flatMap(step -> step.candidates().stream())
            .anyMatch(candidate -> candidate.on().value().equals(stream))
        || (definition.until() != null && definition.until().on().value().equals(stream));
  }

  private boolean isEnd(Way way, Event event) {
    return definition.until() != null && pattern.fits(definition.until(), way, event);
  }

  private boolean fits(int step, Way way, Event event) {
    return steps.get(step).candidates().stream().anyMatch(c -> pattern.fits(c, way, event));
  }

  /** The steps that can take the event at a position. */
  private List<Integer> takers(Way way, int position) {
    Event event = events.get(position);
    List<Integer> takers = new ArrayList<>();
    int last = way.lastStep();
    int count = last < 0 ? 0 : way.taken(last).size();
    if (last >= 0 && count < steps.get(last).most() && fits(last, way, event)) {
      takers.add(last);
    }
    if (last < 0 || count >= steps.get(last).least()) {
      for (int step = last + 1; step < steps.size(); step++) {
        if (!steps.get(step).negated()
            && fits(step, way, event)
            && isReachable(way, step, position)) {
          takers.add(step);
        }
      }
    }
    return takers;
  }

  /** All between may be missing, and nothing that must not come has come, the event included. */
  private boolean isReachable(Way way, int step, int position) {
    for (int between = way.lastStep() + 1; between < step; between++) {
      if (!steps.get(between).negated()) {
        if (steps.get(between).least() > 0) {
          return false;
        }
      } else if (hasCome(between, way, position)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasCome(int negated, Way way, int position) {
    @Nullable Event last = way.positions().isEmpty() ? null : events.get(way.lastPosition());
    int from = way.positions().isEmpty() ? position : way.lastPosition() + 1;
    for (int i = from; i <= position; i++) {
      Event event = events.get(i);
      if ((last == null || event.timeMs() >= last.timeMs()) && fits(negated, way, event)) {
        return true;
      }
    }
    return false;
  }
}
