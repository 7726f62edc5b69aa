package io.vigia.core.expr;

import io.vigia.core.event.PackedDecimal;
import io.vigia.core.event.Slots;
import io.vigia.core.expr.ConditionIndex.Bound;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A number that conditions compare with constants.
 *
 * <p><b>Shape.</b> The constants cut the line of numbers into cells: what lies below the first, the
 * first itself, what lies between it and the second, and so on. All numbers of a cell leave the
 * same conditions possible.
 *
 * <p><b>Units and bounds.</b> O(log constants) to find a cell. Where a set for each cell would take
 * more than {@value #BYTES_MAX} bytes, only every so manieth has one, and the cells between tell
 * how they differ from it.
 */
final class NumberDimension extends Dimension {
  static final int BYTES_MAX = 1 << 20;

  private static final int[] NONE = {};

  private final Kind kind;
  private final Object[] constants;

  /** The constants as they lie in slots; a decimal that does not fit is looked at as it is. */
  private final long[] words;

  private final long[] others;

  /** How many cells share a set. */
  private final int shared;

  /** By every {@code shared}th cell: the conditions that it leaves possible. */
  private final long[][] possible;

  /** By cell: the conditions that it, unlike the cell before, leaves possible, or does not. */
  private final int[][] changes;

  NumberDimension(Scope.Slot slot, List<Bound> bound, int conditions) {
    super(slot);
    this.kind = slot.kind();
    this.constants = constants(bound);
    this.words = new long[constants.length];
    for (int i = 0; i < constants.length; i++) {
      words[i] = word(constants[i]);
    }
    this.others = others(bound, conditions);
    int cells = 2 * constants.length + 1;
    this.shared = 1 + (int) ((long) cells * others.length * Long.BYTES / BYTES_MAX);
    this.possible = new long[(cells + shared - 1) / shared][];
    this.changes = new int[cells][];
    Arrays.fill(changes, NONE);
    fill(cells(bound, cells), cells);
  }

  /** Each once, ascending. */
  private Object[] constants(List<Bound> bound) {
    NavigableSet<Object> constants = new TreeSet<>(this::compare);
    bound.forEach(each -> constants.addAll(each.predicate().values()));
    return constants.toArray();
  }

  /** By condition: the cells that leave it possible. */
  private Map<Integer, BitSet> cells(List<Bound> bound, int cells) {
    Map<Integer, BitSet> byCondition = new TreeMap<>();
    for (Bound each : bound) {
      BitSet own = new BitSet(cells);
      for (Object value : each.predicate().values()) {
        int at = cellOf(value);
        switch (each.predicate().sign()) {
          case "==" -> own.set(at);
          case "<" -> own.set(0, at);
          case "<=" -> own.set(0, at + 1);
          case ">" -> own.set(at + 1, cells);
          case ">=" -> own.set(at, cells);
          default -> throw new IllegalArgumentException("sign: got " + each.predicate().sign());
        }
      }
      byCondition.merge(
          each.condition(),
          own,
          (a, b) -> {
            a.and(b);
            return a;
          });
    }
    return byCondition;
  }

  private void fill(Map<Integer, BitSet> byCondition, int cells) {
    byCondition.forEach(
        (condition, own) -> {
          for (int from = own.nextSetBit(0); from >= 0; ) {
            int to = own.nextClearBit(from);
            change(from, condition);
            if (to < cells) {
              change(to, condition);
            }
            from = own.nextSetBit(to);
          }
        });
    long[] set = others.clone();
    for (int cell = 0; cell < cells; cell++) {
      flip(changes[cell], set);
      if (cell % shared == 0) {
        possible[cell / shared] = set.clone();
      }
    }
  }

  private void change(int cell, int condition) {
    int[] before = changes[cell];
    int[] more = Arrays.copyOf(before, before.length + 1);
    more[before.length] = condition;
    changes[cell] = more;
  }

  private static void flip(int[] conditions, long[] set) {
    for (int condition : conditions) {
      set[condition >>> 6] ^= 1L << condition;
    }
  }

  @Override
  void narrow(Slots slots, long[] found) {
    if (kind == Kind.DOUBLE && Double.isNaN(slots.real(slot))) {
      // No comparison with a number holds for it.
      keep(others, found);
      return;
    }
    int cell = cell(slots);
    long[] set = possible[cell / shared];
    int from = cell - cell % shared + 1;
    if (from <= cell) {
      set = set.clone();
      for (int next = from; next <= cell; next++) {
        flip(changes[next], set);
      }
    }
    keep(set, found);
  }

  private static void keep(long[] set, long[] found) {
    for (int word = 0; word < found.length; word++) {
      found[word] &= set[word];
    }
  }

  private int cell(Slots slots) {
    int low = 0;
    int high = words.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = order(slots, middle);
      if (order == 0) {
        return 2 * middle + 1;
      }
      if (order > 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 2 * low;
  }

  /** The order of a row's value and a constant. */
  private int order(Slots slots, int constant) {
    return switch (kind) {
      case INT -> Long.compare(slots.number(slot), words[constant]);
      case DOUBLE -> order(slots.real(slot), Double.longBitsToDouble(words[constant]));
      default -> {
        int order = PackedDecimal.order(slots.number(slot), words[constant]);
        yield order != PackedDecimal.UNKNOWN
            ? order
            : slots.decimal(slot).compareTo((BigDecimal) constants[constant]);
      }
    };
  }

  /** The two zeros are one number. */
  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private int cellOf(Object constant) {
    int low = 0;
    int high = constants.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(constants[middle], constant) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 2 * low + 1;
  }

  private int compare(Object a, Object b) {
    return switch (kind) {
      case INT -> Long.compare((Long) a, (Long) b);
      case DOUBLE -> order((Double) a, (Double) b);
      default -> ((BigDecimal) a).compareTo((BigDecimal) b);
    };
  }

  private long word(Object constant) {
    return switch (kind) {
      case INT -> (Long) constant;
      case DOUBLE -> Double.doubleToLongBits((Double) constant);
      default -> PackedDecimal.of((BigDecimal) constant);
    };
  }
}
