package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * A mean in which the weight of an event halves with every half-life of its age; the feature {@code
 * ewma}.
 *
 * <p><b>Shape.</b> <i>Σ xᵢ 2^(tᵢ/h) / Σ 2^(tᵢ/h)</i>. With a half-life of an hour:
 *
 * <pre>
 * event at  10:00  11:00  12:00
 * x            10     40     10
 * value        10     30     18.571…    (10·¼ + 40·½ + 10·1) / (¼ + ½ + 1)
 * </pre>
 *
 * <p><b>Units and bounds.</b> A double. Weights depend on times and not on the order of arrival,
 * and their sums are exact, so a late event changes the value as if it had come in time. Events of
 * more than {@value #EPOCHS} × {@value #EPOCH_HALF_LIVES} half-lives ago count no more. O(1) an
 * event; memory for at most {@value #EPOCHS} pairs of sums.
 *
 * <p><b>Source.</b> G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, Forward Decay, 2009: weights
 * counted forward from a landmark need no recomputation as time goes on.
 */
final class DecayedMean extends Fold {
  /*
   * One landmark for ever would overflow. So there is one for every sixteen half-lives, at fixed times: an
   * event's weight is 2^-16 to 1, counted from the end of its epoch. Between epochs the weights differ by a
   * power of two. Each epoch's sums are rounded once before that is applied, so that nothing hangs on how an
   * exact sum came about.
   */
  static final int EPOCH_HALF_LIVES = 16;
  static final int EPOCHS = 8;

  private static final double EPOCH_FACTOR = 0x1p-16;

  private final Column column;
  private final long halfLifeMs;
  private final TreeMap<Long, Epoch> epochs = new TreeMap<>();

  DecayedMean(Column column, long halfLifeMs) {
    this.column = column;
    this.halfLifeMs = halfLifeMs;
  }

  DecayedMean(Column column, long halfLifeMs, StateInput input) {
    this(column, halfLifeMs);
    int count = input.readCount(1);
    for (int i = 0; i < count; i++) {
      long epoch = input.readSigned();
      epochs.put(epoch, new Epoch(ExactSum.read(input), ExactSum.read(input)));
    }
  }

  private record Epoch(ExactSum values, ExactSum weights) {}

  /** After how long an event surely counts no more. */
  static long reachMs(long halfLifeMs) {
    return halfLifeMs * EPOCH_HALF_LIVES * (EPOCHS + 1);
  }

  private long epochOf(long timeMs) {
    return Math.floorDiv(timeMs, halfLifeMs * EPOCH_HALF_LIVES);
  }

  /** The weight of an event, counted from the end of its epoch. */
  static double weight(long timeMs, long halfLifeMs) {
    long span = halfLifeMs * EPOCH_HALF_LIVES;
    long before = span - Math.floorMod(timeMs, span);
    // StrictMath: the same on every machine.
    return StrictMath.pow(2, -(double) before / halfLifeMs);
  }

  @Override
  void include(EventLog log, long index) {
    if (!column.takes(log, index)) {
      return;
    }
    long time = log.time(index);
    long epoch = epochOf(time);
    if (!epochs.isEmpty() && epoch <= epochs.lastKey() - 2 * EPOCHS) {
      return;
    }
    Epoch sums = epochs.computeIfAbsent(epoch, e -> new Epoch(new ExactSum(), new ExactSum()));
    double weight = weight(time, halfLifeMs);
    sums.values.add(value(log, index) * weight);
    sums.weights.add(weight);
    // Twice as many as are read: a late event may read as of an earlier time.
    epochs.headMap(epochs.lastKey() - 2 * EPOCHS, true).clear();
  }

  private double value(EventLog log, long index) {
    return switch (column.type()) {
      case INT -> (double) log.number(index, column.column());
      case DOUBLE -> log.real(index, column.column());
      case DECIMAL -> ((BigDecimal) log.object(index, column.column())).doubleValue();
      case STRING, BOOL, TIMESTAMP ->
          throw new IllegalStateException("ewma of a column: got type " + column.type());
    };
  }

  @Override
  void read(Slots into, int slot, long timeMs) {
    long newest = epochOf(timeMs);
    ExactSum values = new ExactSum();
    ExactSum weights = new ExactSum();
    for (Map.Entry<Long, Epoch> each :
        epochs.subMap(newest - EPOCHS, false, newest, true).descendingMap().entrySet()) {
      double factor = StrictMath.pow(EPOCH_FACTOR, (double) (newest - each.getKey()));
      values.add(each.getValue().values.value() * factor);
      weights.add(each.getValue().weights.value() * factor);
    }
    if (weights.isZero()) {
      into.clear(slot);
    } else {
      into.setReal(slot, values.value() / weights.value());
    }
  }

  @Override
  public Fold copy() {
    DecayedMean copy = new DecayedMean(column, halfLifeMs);
    epochs.forEach(
        (epoch, sums) ->
            copy.epochs.put(epoch, new Epoch(sums.values.copy(), sums.weights.copy())));
    return copy;
  }

  @Override
  public int size() {
    return epochs.size();
  }

  @Override
  public void write(StateOutput output) {
    output.writeUnsigned(epochs.size());
    epochs.forEach(
        (epoch, sums) -> {
          output.writeSigned(epoch);
          sums.values.write(output);
          sums.weights.write(output);
        });
  }
}
