package io.vigia.core.pattern;

import io.vigia.core.event.Row;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.Register;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks the patterns of an entity whose answer may come from a feature's coarse value.
 *
 * <p><b>Shape.</b> An event at <i>t</i> that brings a pattern a marked value is taken, or passed
 * over, by what may be a mistake; so what the pattern says is marked up to {@code t + within}.
 * Without {@code overlap} a match ends all others, so that a false or a missing one lives on: then
 * every event of the pattern in that time prolongs it, until the key has had none for {@code
 * within}.
 *
 * <p><b>Units and bounds.</b> One register of the key if any pattern reads features, which is empty
 * for keys that never read a marked value; such keys cost nothing. A mark too many is possible, one
 * too few is not.
 */
final class CoarseMatches {
  private static final long NEVER = Long.MIN_VALUE;

  private final Reading[] readings;
  private final int register;

  private CoarseMatches(List<Reading> readings, int register) {
    this.readings = readings.toArray(Reading[]::new);
    this.register = register;
  }

  /**
   * @param slots by pattern: where a row is marked
   * @param featureSlots by name: the first slots of the features that conditions read
   */
  static CoarseMatches of(
      List<Pattern> patterns, int[] slots, Map<String, Integer> featureSlots, int register) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      int[] inputs =
          patterns.get(i).features().stream()
              .filter(featureSlots::containsKey)
              .mapToInt(featureSlots::get)
              .toArray();
      if (inputs.length > 0) {
        readings.add(new Reading(patterns.get(i), slots[i], inputs));
      }
    }
    return new CoarseMatches(readings, register);
  }

  /**
   * A pattern that reads features.
   *
   * @param slot of the row, in which it is marked
   * @param inputs the first slots of the features that its conditions read
   */
  private record Reading(Pattern pattern, int slot, int[] inputs) {
    private boolean readsAny(@Nullable BitSet marked) {
      return marked != null && Arrays.stream(inputs).anyMatch(marked::get);
    }

    private boolean takes(Row row) {
      return pattern.matcher().tests(row.event().stream().ordinal()) != null;
    }

    private boolean overlap() {
      return pattern.definition().overlap();
    }

    private long withinMs() {
      return pattern.definition().withinMs();
    }
  }

  /** How many registers it needs. */
  int registers() {
    return readings.length == 0 ? 0 : 1;
  }

  /** Marks the row of an event that the patterns have seen. */
  void follow(KeyState state, Row row) {
    if (readings.length == 0 || (row.coarse() == null && state.register(register) == null)) {
      return;
    }
    long timeMs = row.event().timeMs();
    for (int i = 0; i < readings.length; i++) {
      Reading reading = readings[i];
      if (reading.takes(row)) {
        boolean reads = reading.readsAny(row.coarse());
        boolean still = timeMs < untilMs(state, i);
        if (reads || (still && !reading.overlap())) {
          prolong(state, i, timeMs + reading.withinMs());
        }
        if (reads || still) {
          row.markCoarse(reading.slot());
        }
      }
    }
  }

  /** Whether the silence of a pattern, complete at a time, may be none. */
  boolean isMarked(KeyState state, Pattern pattern, long dueMs) {
    boolean marked = false;
    for (int i = 0; i < readings.length; i++) {
      if (readings[i].pattern().equals(pattern) && dueMs <= untilMs(state, i)) {
        marked = true;
        if (!readings[i].overlap()) {
          prolong(state, i, dueMs + readings[i].withinMs());
        }
      }
    }
    return marked;
  }

  /** The time from which on nothing of a key is marked; {@link Long#MIN_VALUE} for none. */
  long expiresMs(KeyState state) {
    Until until = find(state);
    return until == null ? NEVER : Arrays.stream(until.timesMs).max().orElse(NEVER);
  }

  private long untilMs(KeyState state, int position) {
    Until until = find(state);
    return until == null ? NEVER : until.timesMs[position];
  }

  private void prolong(KeyState state, int position, long timeMs) {
    Until until = find(state);
    if (until == null) {
      until = new Until(new long[readings.length]);
      Arrays.fill(until.timesMs, NEVER);
      state.setRegister(register, until);
    }
    until.timesMs[position] = Math.max(until.timesMs[position], timeMs);
  }

  private @Nullable Until find(KeyState state) {
    if (readings.length == 0) {
      return null;
    }
    Register found = state.register(register);
    if (found instanceof Register.Stored stored) {
      Until read = Until.read(readings.length, stored.input());
      state.setRegister(register, read);
      return read;
    }
    return (Until) found;
  }

  /** Until when each pattern of a key is marked. Mutable, part of the state of one key. */
  private record Until(long[] timesMs) implements Register {
    static Until read(int patterns, StateInput input) {
      long[] timesMs = new long[patterns];
      for (int i = 0; i < patterns; i++) {
        timesMs[i] = input.readSigned();
      }
      input.end();
      return new Until(timesMs);
    }

    @Override
    public void write(StateOutput output) {
      for (long timeMs : timesMs) {
        output.writeSigned(timeMs);
      }
    }

    @Override
    public Register copy() {
      return new Until(timesMs.clone());
    }
  }
}
