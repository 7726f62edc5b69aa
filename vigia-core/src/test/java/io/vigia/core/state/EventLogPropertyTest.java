package io.vigia.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.Cases;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random appends, late inserts, drops and copies against a plain list. */
final class EventLogPropertyTest {
  private static final List<FieldType> ALL =
      List.of(FieldType.INT, FieldType.STRING, FieldType.DOUBLE, FieldType.DECIMAL, FieldType.BOOL);

  /** One event as a list would keep it. */
  private record Kept(long timeMs, long flags, List<@Nullable Object> values) {}

  /** A log, and what it must be. */
  private static final class Pair {
    final EventLog log;
    final List<Kept> kept;
    final long dropped;

    Pair(EventLog log, List<Kept> kept, long dropped) {
      this.log = log;
      this.kept = kept;
      this.dropped = dropped;
    }

    Pair copy() {
      return new Pair(log.copy(), new ArrayList<>(kept), dropped);
    }
  }

  @Test
  void log_anyOperations_equalsAList() {
    Cases.run(150, random -> run(random, layout(random), 400));
  }

  @Test
  void log_manySegments_equalsAList() {
    Cases.run(4, random -> run(random, layout(random), 4_000));
  }

  private static LogLayout layout(Random random) {
    List<FieldType> columns = ALL.subList(0, random.nextInt(ALL.size() + 1));
    return new LogLayout(columns, random.nextInt(3), random.nextBoolean());
  }

  private static void run(Random random, LogLayout layout, int operations) {
    List<Pair> pairs = new ArrayList<>();
    pairs.add(new Pair(new EventLog(layout), new ArrayList<>(), 0));
    long time = 1_000;
    int dropEvery = 3 + random.nextInt(60);
    for (int i = 0; i < operations; i++) {
      int which = random.nextInt(pairs.size());
      Pair pair = pairs.get(which);
      time += random.nextInt(4);
      if (random.nextInt(dropEvery) == 0) {
        pairs.set(which, drop(pair, random));
      } else if (pairs.size() < 4 && random.nextInt(100) == 0) {
        pairs.add(pair.copy());
      } else if (random.nextInt(200) == 0) {
        pairs.set(which, reread(pair));
      } else {
        long at = random.nextInt(5) == 0 ? time - random.nextInt(300) : time;
        insert(pair, at, random);
      }
      if (i % 16 == 0) {
        pairs.forEach(EventLogPropertyTest::check);
      }
    }
    pairs.forEach(EventLogPropertyTest::check);
  }

  private static void insert(Pair pair, long timeMs, Random random) {
    LogLayout layout = pair.log.layout();
    int columns = layout.columns().size();
    Slots values = new Slots(Math.max(1, columns));
    long flags = 0;
    List<@Nullable Object> boxed = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      if (!layout.optional() || random.nextInt(3) > 0) {
        set(values, c, layout.columns().get(c), random);
        flags |= LogLayout.columnFlag(c);
      }
      boxed.add(values.boxed(c, layout.columns().get(c)));
    }
    for (int f = 0; f < layout.filters(); f++) {
      flags |= random.nextBoolean() ? layout.filterFlag(f) : 0;
    }
    long index = pair.log.insert(timeMs, flags);
    for (int c = 0; c < columns; c++) {
      if (values.has(c)) {
        pair.log.set(index, c, values, c);
      }
    }
    int place = pair.kept.size();
    while (place > 0 && pair.kept.get(place - 1).timeMs > timeMs) {
      place--;
    }
    pair.kept.add(place, new Kept(timeMs, layout.hasFlags() ? flags : -1L, boxed));
    assertEquals(pair.log.first() + place, index);
  }

  private static void set(Slots values, int slot, FieldType type, Random random) {
    switch (type) {
      case STRING -> values.setObject(slot, "s" + random.nextInt(1_000));
      case DECIMAL -> values.setObject(slot, BigDecimal.valueOf(random.nextLong(), 3));
      case DOUBLE -> values.setReal(slot, random.nextGaussian());
      case INT, TIMESTAMP -> values.setNumber(slot, random.nextLong());
      case BOOL -> values.setNumber(slot, random.nextInt(2));
    }
  }

  private static Pair drop(Pair pair, Random random) {
    int count =
        random.nextInt(4) == 0
            ? pair.kept.size()
            : Math.min(pair.kept.size(), random.nextInt(1 + random.nextInt(300)));
    // More than there are is as good as all, and fewer than were dropped already is nothing.
    pair.log.dropBefore(
        count == pair.kept.size() && random.nextBoolean()
            ? Long.MAX_VALUE
            : pair.log.first() + count);
    pair.log.dropBefore(pair.log.first() - 5);
    return new Pair(
        pair.log,
        new ArrayList<>(pair.kept.subList(count, pair.kept.size())),
        pair.dropped + count);
  }

  private static Pair reread(Pair pair) {
    EventLog again = EventLog.read(pair.log.layout(), new StateInput(bytes(pair.log)));
    assertArrayEquals(bytes(pair.log), bytes(again));
    return new Pair(again, pair.kept, 0);
  }

  private static byte[] bytes(EventLog log) {
    StateOutput output = new StateOutput();
    log.write(output);
    return output.toByteArray();
  }

  private static void check(Pair pair) {
    EventLog log = pair.log;
    assertEquals(pair.dropped, log.first());
    assertEquals(pair.kept.size(), log.end() - log.first());
    assertEquals(pair.kept.isEmpty(), log.isEmpty());
    Slots read = new Slots(Math.max(1, log.layout().columns().size()));
    for (int i = 0; i < pair.kept.size(); i++) {
      Kept kept = pair.kept.get(i);
      long index = log.first() + i;
      assertEquals(kept.timeMs, log.time(index));
      assertEquals(kept.flags, log.flags(index));
      for (int c = 0; c < kept.values.size(); c++) {
        log.read(index, c, read, c);
        assertEquals(kept.values.get(c), read.boxed(c, log.layout().columns().get(c)));
      }
      assertEquals(firstAfter(pair, kept.timeMs), log.firstAfter(kept.timeMs));
    }
    assertEquals(log.first(), log.firstAfter(Long.MIN_VALUE));
    assertEquals(log.end(), log.firstAfter(Long.MAX_VALUE));
  }

  private static long firstAfter(Pair pair, long timeMs) {
    int i = 0;
    while (i < pair.kept.size() && pair.kept.get(i).timeMs <= timeMs) {
      i++;
    }
    return pair.log.first() + i;
  }
}
