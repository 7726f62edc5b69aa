package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Emitter;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The bytes that docs/language.md says a key and its events take, in a checkpoint and in memory.
 */
final class StateSizeTest {
  private static final int EVENTS = 4_000;
  private static final long YEARS = 86_400_000L * 36_500;
  private static final Emitter NOWHERE =
      new Emitter() {
        @Override
        public void forward(Row row) {}

        @Override
        public void repeat(Row row) {}

        @Override
        public void conflict(Row row) {}
      };

  private static int bytes(String feature, int events) {
    StateOutput output = new StateOutput();
    new Filled(feature).state(events).write(output);
    return output.size();
  }

  /**
   * Makes states of an event a minute on average, amounts up to 1000.00, countries of two letters.
   */
  private static final class Filled {
    private final CompiledPipeline pipeline;
    private final Random random = new Random(1);

    Filled(String feature) {
      this(
          draft("id string, t timestamp, card string, i int, m decimal, s string")
              .feature("f", feature));
    }

    private Filled(PipelineDraft draft) {
      pipeline = draft.compile();
    }

    private static PipelineDraft draft(String fields) {
      return new PipelineDraft().dedupe(1).stream("a", "card", fields);
    }

    /** Of all fields but the key. */
    static Filled table() {
      return new Filled(
          draft("t timestamp, card string, m decimal, s string")
              .table("rows", "a", "card", null, null, 0));
    }

    private boolean isTable() {
      return !pipeline.definition().tables().isEmpty();
    }

    KeyState state(int events) {
      Stage stage = pipeline.stages().get(0);
      KeyState state = stage.newState();
      long time = 1_767_225_600_000L;
      for (int n = 0; n < events; n++) {
        time += random.nextInt(120_000);
        String more = isTable() ? "" : " id=e%d i=%d".formatted(n, random.nextInt(1_000));
        String values =
            "card=c t=%d m=%d.%02d s=%s"
                .formatted(
                    time,
                    random.nextInt(1_000),
                    random.nextInt(100),
                    random.nextBoolean() ? "PT" : "ES");
        Event event = PipelineDraft.event(pipeline, "a", values + more);
        stage.process(state, pipeline.row(event, 1, null), NOWHERE);
      }
      return state;
    }
  }

  private static String perEvent(String feature) {
    int few = bytes(feature, EVENTS / 2);
    return String.format(Locale.ROOT, "%.1f", (bytes(feature, EVENTS) - few) / (EVENTS / 2.0));
  }

  @Test
  void write_manyEvents_takesTheDocumentedBytes() {
    long over = 86_400_000L * 365;
    Map<String, String> found = new TreeMap<>();
    for (String of : new String[] {"count", "sum i", "sum m", "count_distinct s"}) {
      found.put(of, perEvent("a by card: " + of + " over " + over));
    }
    found.put("count where", perEvent("a by card: count over " + over + " where event.i > 500"));
    found.put("mean m, no window", perEvent("a by card: mean m"));
    found.put("a key of one event", "" + bytes("a by card: count over " + over, 1));
    assertEquals(
        Map.of(
            "count", "2.9",
            "sum i", "4.9",
            "sum m", "7.5",
            "count_distinct s", "5.9",
            "count where", "3.9",
            "mean m, no window", "0.0",
            "a key of one event", "46"),
        found);
  }

  /** In an hour of sixty events each, for a window of a hundred of them. */
  @Test
  void write_manyPanes_takesTheDocumentedBytes() {
    Map<String, String> found = new TreeMap<>();
    for (String of : new String[] {"count", "sum i", "sum m", "max i", "stddev i", "last s"}) {
      found.put(of, perPane(of));
    }
    assertEquals(
        Map.of(
            "count",
            "2",
            "sum i",
            "7",
            "sum m",
            "11",
            "max i",
            "17",
            "stddev i",
            "13",
            "last s",
            "12"),
        found);
  }

  private static String perPane(String of) {
    long hour = 3_600_000;
    int few = bytes("a by card: " + of + " over " + 20 * hour + " resolution " + hour, 8_000);
    int many = bytes("a by card: " + of + " over " + 120 * hour + " resolution " + hour, 8_000);
    return String.format(Locale.ROOT, "%.0f", (many - few) / 100.0);
  }

  @Test
  void memory_manyEvents_takesTheDocumentedBytes() {
    Map<String, Long> documented =
        Map.of("count", 8L, "sum i", 16L, "sum m", 16L, "max i", 16L, "last s", 60L);
    documented.forEach(
        (of, bytes) ->
            near(of, bytes, 0.1, heap("a by card: " + of + " over " + YEARS, 1, 200_000), 200_000));
    String where = "a by card: count over " + YEARS + " where event.i > 500";
    near("count where", 16, 0.1, heap(where, 1, 200_000), 200_000);
  }

  @Test
  void memory_manyPanes_takesTheDocumentedBytes() {
    String window = " over 360000000 resolution 3600000";
    Map<String, Long> documented = Map.of("count", 100L, "sum m", 250L);
    documented.forEach(
        (of, bytes) ->
            near(of, bytes, 0.1, heap("a by card: " + of + window, 20, 8_000), 20 * 100));
  }

  /** Less near than the others: it is the sum of many small things. */
  @Test
  void memory_manyKeys_takesTheDocumentedBytes() {
    Map<String, Long> documented = Map.of("count", 400L, "sum m", 500L, "max i", 550L);
    documented.forEach(
        (of, bytes) ->
            near(of, bytes, 0.3, heap("a by card: " + of + " over " + YEARS, 10_000, 1), 10_000));
  }

  /** A row of a time, an amount and two letters, after one change and after many. */
  @Test
  void tables_aRow_takesTheDocumentedBytes() {
    assertEquals(List.of(61, 86), List.of(row(1), row(4_000)));
    near("row", 740, 0.3, rows(20_000), 20_000);
  }

  private static int row(int changes) {
    StateOutput output = new StateOutput();
    Filled.table().state(changes).write(output);
    return output.size();
  }

  private static long rows(int keys) {
    return heap(Filled.table(), keys, 1);
  }

  private static void near(String of, long documented, double part, long bytes, int number) {
    double found = (double) bytes / number;
    assertTrue(
        Math.abs(found - documented) <= part * documented,
        of + ": documented are " + documented + " bytes, found " + found);
  }

  private static long heap(String feature, int keys, int events) {
    return heap(new Filled(feature), keys, events);
  }

  private static long heap(Filled filled, int keys, int events) {
    filled.state(1);
    List<KeyState> states = new ArrayList<>(keys);
    long before = used();
    for (int key = 0; key < keys; key++) {
      states.add(filled.state(events));
    }
    long after = used();
    assertEquals(keys, states.size());
    return after - before;
  }

  private static long used() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
