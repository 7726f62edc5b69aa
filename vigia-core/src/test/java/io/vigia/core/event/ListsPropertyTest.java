package io.vigia.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.Cases;
import io.vigia.core.event.ListChange.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ListsPropertyTest {
  private static final List<Kind> KINDS = List.of(Kind.ADDED, Kind.REMOVED, Kind.CLEARED);

  private static ListChange change(Object value, Kind kind, long from, long until) {
    return new ListChange("l", value, kind, from, until, "");
  }

  private static ListHistory history(Lists lists) {
    return Objects.requireNonNull(lists.history("l"));
  }

  /**
   * What the meaning says, read off the whole log: the last one said by then, if it has not ended.
   */
  private static boolean naive(
      List<ListChange> log, Object value, boolean declared, long arrived, long time) {
    ListChange last = null;
    for (ListChange each : log) {
      if (each.value().equals(value) && each.fromMs() <= arrived) {
        last = each;
      }
    }
    if (last == null || time >= last.untilMs() || last.kind() == Kind.CLEARED) {
      return declared;
    }
    return last.kind() == Kind.ADDED;
  }

  @Test
  void contains_randomChanges_isAsTheLogSays() {
    Cases.run(
        2_000,
        random -> {
          Lists lists = new Lists(List.of("k", "l"));
          List<ListChange> log = new ArrayList<>();
          long now = 0;
          for (int i = random.nextInt(40); i > 0; i--) {
            now += random.nextInt(3);
            long until = random.nextInt(3) == 0 ? ListChange.FOR_EVER : random.nextInt(60);
            Kind kind = KINDS.get(random.nextInt(3));
            ListChange change = change((long) random.nextInt(4), kind, now, until);
            lists.apply(change);
            log.add(change);
          }
          for (int i = 0; i < 40; i++) {
            ask(lists, log, random);
          }
          assertEquals(log.size(), history(lists).changes().size());
        });
  }

  private static void ask(Lists lists, List<ListChange> log, Random random) {
    Object value = (long) random.nextInt(5);
    boolean declared = random.nextBoolean();
    long arrived = random.nextInt(60);
    long time = random.nextInt(60);
    assertEquals(
        naive(log, value, declared, arrived, time),
        history(lists).contains(value, declared, arrived, time),
        () -> value + " declared " + declared + " at " + arrived + ", " + time + ": " + log);
    assertEquals(
        naive(log, value, declared, arrived, time),
        history(lists).contains((long) value, declared, arrived, time),
        () -> "word " + value + " at " + arrived + ", " + time + ": " + log);
  }

  @Test
  void wordTable_randomWords_isAsAMap() {
    Cases.run(
        200,
        random -> {
          WordTable<String> table = new WordTable<>();
          Map<Long, String> map = new HashMap<>();
          for (int i = random.nextInt(300); i > 0; i--) {
            long word = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(100) * 1_000L;
            table.put(word, "v" + i);
            map.put(word, "v" + i);
          }
          map.forEach((word, value) -> assertEquals(value, table.get(word)));
          for (long word = -1_000; word < 110_000; word += 500) {
            assertEquals(map.get(word), table.get(word));
          }
        });
  }

  @Test
  void wordOf_zerosAndMoments_areOneWordOrNone() {
    assertEquals(WordTable.wordOf(0.0), WordTable.wordOf(-0.0));
    assertEquals(WordTable.wordOf(Double.NaN), WordTable.wordOf(0.0 / 0.0));
    assertEquals(5L, WordTable.wordOf(Instant.ofEpochMilli(5)));
    assertNull(WordTable.wordOf(Instant.ofEpochSecond(0, 5_000_001)));
    assertNull(WordTable.wordOf("5"));
  }

  @Test
  void contains_manyChangesOfOneValue_keepsTheNewest() {
    Lists lists = new Lists(List.of("l"));
    int changes = 5 * ListHistory.CHANGES_MAX;
    for (int i = 0; i < changes; i++) {
      lists.apply(change("v", i % 2 == 0 ? Kind.ADDED : Kind.REMOVED, i, ListChange.FOR_EVER));
    }
    for (int at = changes - ListHistory.CHANGES_MAX; at < changes + 5; at++) {
      int said = Math.min(at, changes - 1);
      assertEquals(said % 2 == 0, history(lists).contains("v", false, at, 0), "at " + at);
    }
    assertNull(history(lists).asOf("v", 0), "the oldest are forgotten");
    assertTrue(history(lists).changes().size() <= 2 * ListHistory.CHANGES_MAX + 1);
  }

  @Test
  void apply_equalNumbers_areOneValue() {
    Lists lists = new Lists(List.of("l"));
    lists.apply(change(new BigDecimal("2.50"), Kind.ADDED, 0, ListChange.FOR_EVER));
    assertTrue(history(lists).contains(new BigDecimal("2.5"), false, 0, 0));
    lists.apply(change(-0.0, Kind.ADDED, 0, ListChange.FOR_EVER));
    assertTrue(history(lists).contains(0.0, false, 0, 0));
  }

  @Test
  void changed_untouchedList_hasNothing() {
    Lists lists = new Lists(List.of("k", "l"));
    lists.apply(new ListChange("unknown", "v", Kind.ADDED, 0, 1, ""));
    assertNull(lists.changed(1));
    lists.apply(change("v", Kind.ADDED, 0, 1));
    assertNotNull(lists.changed(1));
    assertNull(lists.changed(0));
    assertNull(lists.changed(-1));
    assertNull(Lists.AS_DECLARED.changed(0));
  }

  @Test
  void isOverdue_eventJudgedFromThatTimeOn_isTold() {
    Lists lists = new Lists(List.of("l"));
    ListChange change = change("v", Kind.ADDED, 100, ListChange.FOR_EVER);
    assertFalse(lists.isOverdue(change));
    lists.judged(99);
    assertFalse(lists.isOverdue(change));
    lists.judged(100);
    lists.judged(50);
    assertTrue(lists.isOverdue(change));
  }
}
