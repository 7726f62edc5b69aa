package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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

  /** The last step that takes events; only negated ones are behind it. */
  private final int lastTaking;

  /** When silence completes a way, from whichever event it began. */
  private final TreeSet<Long> dueMs = new TreeSet<>();

  private NaivePattern(RandomPattern pattern, List<Event> events) {
    this.pattern = pattern;
    this.definition = pattern.definition();
    this.steps = definition.steps();
    this.events = events;
    int last = steps.size() - 1;
    while (steps.get(last).negated()) {
      last--;
    }
    this.lastTaking = last;
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

  /**
   * The times at which silence completes a match, of the events of one entity.
   *
   * @param reachedMs how far time has come
   */
  static Set<Long> silences(RandomPattern pattern, List<Event> events, long reachedMs) {
    return new NaivePattern(pattern, events).silences(reachedMs);
  }

  private Set<Long> silences(long reachedMs) {
    Set<Long> silences = new TreeSet<>();
    long fromMs = Long.MIN_VALUE;
    while (true) {
      dueMs.clear();
      for (int start = 0; start < events.size(); start++) {
        if (events.get(start).timeMs() >= fromMs && !isOvertaken(start)) {
          begin(start, new BitSet());
        }
      }
      dueMs.tailSet(reachedMs, false).clear();
      if (definition.overlap()) {
        return dueMs;
      }
      if (dueMs.isEmpty()) {
        return silences;
      }
      // Without overlap everything that began before a silence was complete ends with it.
      fromMs = dueMs.first();
      silences.add(fromMs);
    }
  }

  /** Older than one that fitted a step: what has come since was not held against it. */
  private boolean isOvertaken(int position) {
    Way nothing = new Way(List.of(), List.of(), events);
    for (int before = 0; before < position; before++) {
      Event event = events.get(before);
      if (event.timeMs() > events.get(position).timeMs()
          && IntStream.range(0, steps.size()).anyMatch(step -> fits(step, nothing, event))) {
        return true;
      }
    }
    return false;
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
    if (!definition.endsInSilence() && isEnough(way)) {
      found.set(way.lastPosition());
      if (!definition.overlap()) {
        return;
      }
    }
    Event newest = events.get(way.lastPosition());
    for (int next = way.lastPosition() + 1; next < events.size(); next++) {
      Event event = events.get(next);
      if (!isOfPattern(event)) {
        continue;
      }
      if (event.timeMs() >= endMs(way)) {
        if (!isSilent(way, next - 1)) {
          return;
        }
        continue;
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
    if (isSilent(way, events.size() - 1)) {
      dueMs.add(endMs(way));
    }
  }

  private long endMs(Way way) {
    return events.get(way.positions().get(0)).timeMs() + definition.withinMs();
  }

  private boolean isEnough(Way way) {
    return way.lastStep() == lastTaking
        && way.taken(lastTaking).size() >= steps.get(lastTaking).least();
  }

  /** Whether only silence is missing, up to the event at a position. */
  private boolean isSilent(Way way, int position) {
    return definition.endsInSilence()
        && isEnough(way)
        && IntStream.range(lastTaking + 1, steps.size())
            .noneMatch(negated -> hasCome(negated, way, position));
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
      if ((last == null || (event.timeMs() >= last.timeMs() && event.timeMs() < endMs(way)))
          && fits(negated, way, event)) {
        return true;
      }
    }
    return false;
  }
}
