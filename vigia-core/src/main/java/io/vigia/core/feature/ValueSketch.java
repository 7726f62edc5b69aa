package io.vigia.core.feature;

import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import org.apache.datasketches.common.SketchesException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * About how many different values there are, in about 2 KB whatever their number: a HyperLogLog of
 * 4,096 registers.
 *
 * <p><b>Units and bounds.</b> The standard error is 1.04 / √4096, 1.6 %: 95 of 100 estimates are
 * within 3.3 % of the true number. O(1) a value. What it gives hangs on the set of values alone:
 * not on their order, nor on what was merged or restored in between. Hashes are the same everywhere
 * and no secret: who can choose values freely can choose them so that they are underestimated.
 *
 * <p><b>Source.</b> P. Flajolet, É. Fusy, O. Gandouet, F. Meunier, HyperLogLog: the analysis of a
 * near-optimal cardinality estimation algorithm, 2007; Apache DataSketches' form of it, by its
 * composite estimator. (Its other one, HIP, errs less and hangs on the order of the values.)
 */
final class ValueSketch {
  private static final int LOG_REGISTERS = 12;

  /** What values go into as long as nothing is merged. */
  private final HllSketch packed;

  /** What everything goes into, {@link #packed} included, once something was merged. */
  private @Nullable Union union;

  ValueSketch() {
    this(new HllSketch(LOG_REGISTERS, TgtHllType.HLL_4));
  }

  private ValueSketch(HllSketch packed) {
    this.packed = packed;
  }

  /** Takes in a {@link Long}, a {@link String}, or a {@link BigDecimal} in its shortest form. */
  void add(Object value) {
    Union merged = union;
    if (value instanceof Long number) {
      if (merged == null) {
        packed.update(number);
      } else {
        merged.update(number);
      }
      return;
    }
    // The library passes over empty texts.
    String text = value.toString().isEmpty() ? "\0" : value.toString();
    if (merged == null) {
      packed.update(text);
    } else {
      merged.update(text);
    }
  }

  void merge(ValueSketch other) {
    Union merged = union;
    if (merged == null) {
      merged = new Union(LOG_REGISTERS);
      merged.update(packed);
      union = merged;
    }
    merged.update(other.all());
  }

  private HllSketch all() {
    return union == null ? packed : union.getResult(TgtHllType.HLL_4);
  }

  long estimate() {
    return Math.round(union == null ? packed.getCompositeEstimate() : union.getCompositeEstimate());
  }

  ValueSketch copy() {
    return new ValueSketch(all().copy());
  }

  void write(StateOutput output) {
    output.writeBlock(all().toCompactByteArray());
  }

  static ValueSketch read(StateInput input) {
    try {
      return new ValueSketch(HllSketch.heapify(input.readBlock()));
    } catch (SketchesException | IndexOutOfBoundsException e) {
      throw new IllegalStateException("damaged state: found no sketch", e);
    }
  }
}
