package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.LogLayout;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecayedMeanTest {
  private static final Column COLUMN = new Column(0, FieldType.DOUBLE, LogLayout.columnFlag(0));

  private static EventLog log(long[] times, double[] values) {
    EventLog log = new EventLog(new LogLayout(List.of(FieldType.DOUBLE), 0, false));
    for (int i = 0; i < times.length; i++) {
      long index = log.insert(times[i], -1);
      log.setNumber(index, 0, Double.doubleToLongBits(values[i]));
    }
    return log;
  }

  private static double read(Fold fold, long timeMs) {
    Slots slots = new Slots(1);
    fold.read(slots, 0, timeMs);
    return slots.real(0);
  }

  /** Against the formula with weights counted back from the end. */
  @Test
  void read_anyEvents_isTheMeanByAge() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      long halfLife = 1L + random.nextInt(1_000_000);
      int count = 1 + random.nextInt(50);
      long[] times = new long[count];
      double[] values = new double[count];
      long time = random.nextInt() * 1_000L;
      for (int i = 0; i < count; i++) {
        time += random.nextInt(1_000_000) % (halfLife * 2);
        times[i] = time;
        values[i] = random.nextInt(1_000) / 10.0;
      }
      Fold fold = new DecayedMean(COLUMN, halfLife);
      EventLog log = log(times, values);
      double sum = 0;
      double weights = 0;
      for (int i = 0; i < count; i++) {
        fold.include(log, i);
        double weight = Math.pow(2, -(double) (time - times[i]) / halfLife);
        sum += values[i] * weight;
        weights += weight;
      }
      assertEquals(sum / weights, read(fold, time), 1e-9, "seed " + seed);
    }
  }

  @Test
  void write_anyState_readsBackTheSame() {
    Fold fold = new DecayedMean(COLUMN, 10);
    EventLog log = log(new long[] {0, 5, 200, 900}, new double[] {1, 0.1, 1e300, 3});
    for (int i = 0; i < 4; i++) {
      fold.include(log, i);
    }
    StateOutput output = new StateOutput();
    fold.write(output);
    Fold restored = new DecayedMean(COLUMN, 10, new StateInput(output.toByteArray()));
    StateOutput again = new StateOutput();
    restored.write(again);
    assertEquals(read(fold, 900), read(restored, 900));
    assertArrayEquals(output.toByteArray(), again.toByteArray());
  }

  @Test
  void read_longSilence_isMissing() {
    Fold fold = new DecayedMean(COLUMN, 10);
    fold.include(log(new long[] {0}, new double[] {7}), 0);
    assertEquals(7, read(fold, 10 * 16 * 7));
    Slots slots = new Slots(1);
    fold.read(slots, 0, 10 * 16 * 8);
    assertFalse(slots.has(0));
  }
}
