package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.expr.Variable.Part;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the current hour or day of an entity is from what is usual for it at that time of day and
 * week; the feature {@code usual}.
 *
 * <p><b>Shape.</b> Four slots: {@code score}, {@code value}, {@code expected}, {@code periods}. A
 * period's value is the count of its events, or the sum of a field over them, 0 without any. At
 * time <i>t</i>:
 *
 * <ul>
 *   <li><i>x</i>, the {@code value}, is that of t's period so far;
 *   <li>it is held against the earlier periods of the same local hour on days of the same kind
 *       (Monday to Friday, or weekend), at most so many days back, and later than the period in
 *       which the entity's first event of that time lies; how many they are is {@code periods};
 *   <li><i>m</i>, {@code expected}, is their median, <i>d</i> the median of their distances from m;
 *   <li>{@code score} is <i>(x − m) / s</i>, s being 1.4826 d, at least √max(m, 1) for a count; for
 *       a sum 1.2533 times the mean distance where d is 0.
 * </ul>
 *
 * With fewer than {@value #PERIODS_MIN} periods score and expected are missing, as is the score of
 * a sum whose past never differed.
 *
 * <p><b>Units and bounds.</b> Memory for each period of the history that had events, at most 24 a
 * day; O(days) once a period, O(1) for all further events of it.
 *
 * <p><b>Source.</b> B. Iglewicz, D. C. Hoaglin, How to Detect and Handle Outliers, 1993: the
 * modified z-score; a score above 3.5 is theirs for an outlier. The floor for counts is the
 * deviation of a Poisson process.
 */
final class Usual extends Fold {
  static final int PERIODS_MIN = 5;

  private static final double FROM_MEDIAN = 1.4826;
  private static final double FROM_MEAN = 1.2533;
  private static final long DAY_MS = 86_400_000;

  /** The periods that are held against one another. */
  record Seasons(CalendarUnit unit, ZoneId zone, int days) {
    /** After how long a period surely is no part of the history. */
    long reachMs() {
      return (days + 3) * DAY_MS;
    }

    /** The beginnings of the comparable periods before the one that begins at {@code startMs}. */
    long[] before(long startMs) {
      LocalDateTime local = Instant.ofEpochMilli(startMs).atZone(zone).toLocalDateTime();
      long[] starts = new long[days];
      int found = 0;
      for (int day = 1; day <= days; day++) {
        LocalDateTime same = local.minusDays(day);
        if (isWeekend(same) == isWeekend(local)) {
          ZonedDateTime there = ZonedDateTime.ofLocal(same, zone, null);
          // An hour that the clocks leave out has no value.
          if (unit == CalendarUnit.DAY || there.toLocalDateTime().equals(same)) {
            starts[found++] = unit.startMs(there.toInstant().toEpochMilli(), zone);
          }
        }
      }
      return Arrays.copyOf(starts, found);
    }

    private static boolean isWeekend(LocalDateTime local) {
      return local.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    }

    /** How far back the entity's first event may lie. */
    long oldest(long startMs) {
      ZonedDateTime local = Instant.ofEpochMilli(startMs).atZone(zone).minusDays(days);
      return unit.startMs(local.toInstant().toEpochMilli(), zone);
    }
  }

  /** The events of one period. */
  private static final class Period {
    long count;
    @Nullable Total total;

    double value() {
      return total == null ? count : total.real();
    }

    Period copy() {
      Period copy = new Period();
      copy.count = count;
      copy.total = total == null ? null : total.copy();
      return copy;
    }
  }

  private final Seasons seasons;
  private final Column column;
  private final long keepMs;
  private final TreeMap<Long, Period> periods = new TreeMap<>();

  /** The period that was last looked up. */
  private long startMs = Long.MAX_VALUE;

  private long endMs = Long.MIN_VALUE;

  /** What was computed of the past of {@link #usualOf}, as long as that does not change. */
  private long usualOf = Long.MIN_VALUE;

  private int compared;
  private double median;
  private double spread;

  Usual(Seasons seasons, Column column, long keepMs) {
    this.seasons = seasons;
    this.column = column;
    this.keepMs = keepMs;
  }

  Usual(Seasons seasons, Column column, long keepMs, StateInput input) {
    this(seasons, column, keepMs);
    int size = input.readCount(2);
    long start = 0;
    for (int i = 0; i < size; i++) {
      start += input.readSigned();
      Period period = new Period();
      period.count = input.readUnsigned();
      period.total = isCount() ? null : Total.read(column.type(), input);
      periods.put(start, period);
    }
  }

  static List<Part> parts() {
    return List.of(
        new Part("score", FieldType.DOUBLE),
        new Part("value", FieldType.DOUBLE),
        new Part("expected", FieldType.DOUBLE),
        new Part("periods", FieldType.INT));
  }

  private boolean isCount() {
    return column.column() < 0;
  }

  @Override
  void include(EventLog log, long index) {
    if (!column.takes(log, index)) {
      return;
    }
    long start = startOf(log.time(index));
    Period period = periods.get(start);
    if (period == null) {
      period = new Period();
      period.total = isCount() ? null : Total.of(column.type());
      periods.put(start, period);
      periods.headMap(periods.lastKey() - keepMs).clear();
    }
    period.count++;
    if (period.total != null) {
      period.total.add(log, index, column.column());
    }
    if (start < usualOf) {
      usualOf = Long.MIN_VALUE;
    }
  }

  private long startOf(long timeMs) {
    if (timeMs < startMs || timeMs >= endMs) {
      startMs = seasons.unit.startMs(timeMs, seasons.zone);
      endMs = seasons.unit.endMs(startMs, seasons.zone);
    }
    return startMs;
  }

  @Override
  void read(Slots into, int slot, long timeMs) {
    long now = startOf(timeMs);
    if (usualOf != now) {
      compare(now);
      usualOf = now;
    }
    Period period = periods.get(now);
    double value = period == null ? 0 : period.value();
    into.setReal(slot + 1, value);
    into.setNumber(slot + 3, compared);
    if (compared < PERIODS_MIN) {
      into.clear(slot);
      into.clear(slot + 2);
      return;
    }
    into.setReal(slot + 2, median);
    if (value == median) {
      into.setReal(slot, 0);
    } else if (spread == 0) {
      into.clear(slot);
    } else {
      into.setReal(slot, (value - median) / spread);
    }
  }

  private void compare(long now) {
    Long first = periods.ceilingKey(seasons.oldest(now));
    double[] values = new double[seasons.days];
    compared = 0;
    for (long start : seasons.before(now)) {
      if (first != null && start > first) {
        Period period = periods.get(start);
        values[compared++] = period == null ? 0 : period.value();
      }
    }
    if (compared >= PERIODS_MIN) {
      double[] sample = Arrays.copyOf(values, compared);
      median = median(sample);
      spread = spread(sample);
    }
  }

  private double spread(double[] sample) {
    double[] distances = new double[sample.length];
    for (int i = 0; i < sample.length; i++) {
      distances[i] = Math.abs(sample[i] - median);
    }
    double middle = FROM_MEDIAN * median(distances);
    if (isCount()) {
      return Math.max(middle, Math.sqrt(Math.max(median, 1)));
    }
    if (middle > 0) {
      return middle;
    }
    double sum = 0;
    for (double distance : distances) {
      sum += distance;
    }
    return FROM_MEAN * sum / distances.length;
  }

  /** Sorts the values; of an even number the mean of the two in the middle. */
  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2;
  }

  @Override
  public Fold copy() {
    Usual copy = new Usual(seasons, column, keepMs);
    periods.forEach((start, period) -> copy.periods.put(start, period.copy()));
    return copy;
  }

  @Override
  public int size() {
    return periods.size();
  }

  @Override
  public void write(StateOutput output) {
    output.writeUnsigned(periods.size());
    long before = 0;
    for (Map.Entry<Long, Period> each : periods.entrySet()) {
      output.writeSigned(each.getKey() - before);
      before = each.getKey();
      Period period = each.getValue();
      output.writeUnsigned(period.count);
      if (period.total != null) {
        period.total.write(output);
      }
    }
  }
}
