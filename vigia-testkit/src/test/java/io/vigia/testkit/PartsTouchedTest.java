package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Emitter;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.wire.pipeline.PipelineReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * What an event reads and writes of a key whose state lies in parts, when nothing of the key is in
 * memory: so many parts for each window, however many events it holds.
 */
final class PartsTouchedTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final long STEP_MS = 10_000;
  private static final int COUNTRIES = 100;

  /** A window reads the segment in which it begins; many share one. */
  private static final int PER_WINDOW = 1;

  /**
   * The log's first segment, the end of a delayed window, one that became full; now and then a
   * block of 32 ids that have become old, each a part of its own as well.
   */
  private static final int BESIDE = 36;

  private static final String PIPELINE =
      """
      vigia: 1
      pipeline: parts
      streams:
        payments:
          id: id
          time: at
          key: card
          dedupe: 1h
          out_of_order: 1m
          fields:
            id: string
            at: timestamp
            card: string
            amount: decimal
            score: double
            country: string
            points: int
      features:
      """;

  private static final String[] WINDOWS = {
    "count: true, over: %s",
    "count: true, where: 'event.points > 50', over: %s",
    "sum: amount, over: %s",
    "mean: score, over: %s",
    "stddev: amount, over: %s",
    "min: score, over: %s",
    "max: amount, over: %s, exclude_current: true",
    "first: country, over: %s",
    "last: country, where: 'event.points > 90', over: %s",
    "rate: 1m, over: %s",
    "ratio: 'event.points > 10', over: %s",
    "count_distinct: country, over: %s",
    "percentile: {of: points, p: 95}, over: %s",
    "top: {of: country, places: 2}, over: %s",
    "count: true, over: %s, delay: 30m",
    "sum: amount, over: {events: 500}",
    "sum: points, each: day",
    "max: score, session: %s",
    "count: true, over: 1m",
  };

  private static final String[] FOLDS = {
    "count: true",
    "previous: [country, at]",
    "ewma: {of: amount, half_life: 10m}",
    "usual: count, each: hour",
  };

  private static CompiledPipeline compile(String over, String[]... features) {
    StringBuilder text = new StringBuilder(PIPELINE);
    int number = 0;
    for (String[] group : features) {
      for (String feature : group) {
        text.append("  f").append(number++).append(": {on: payments, by: card, ");
        text.append(feature.replace("%s", over)).append("}\n");
      }
    }
    Problems problems = new Problems();
    return PipelineReader.read(
            "parts.yaml", text.toString().getBytes(StandardCharsets.UTF_8), problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .orElseThrow(() -> new AssertionError(problems.sorted().toString()));
  }

  private static Event event(CompiledPipeline pipeline, int number, long timeMs) {
    StreamSchema stream = pipeline.streams().get(0);
    Slots values = new Slots(stream.size());
    values.setObject(0, "e" + number);
    values.setNumber(1, timeMs);
    values.setObject(2, "c");
    values.setObject(3, BigDecimal.valueOf(number % 977, 2));
    values.setReal(4, number * 31 % 1009);
    values.setObject(5, "C" + number * 7 % COUNTRIES);
    values.setNumber(6, number * 13 % 101);
    return new Event(stream, "e" + number, "c", timeMs, values, timeMs, 0, number);
  }

  /** A replay in memory beside the same key in parts, of which nothing stays in memory. */
  private static final class Pair implements Emitter {
    final CompiledPipeline pipeline;
    final Stage stage;
    final KeyInParts key;
    final Replay replay;
    int number;

    Pair(CompiledPipeline pipeline) {
      this.pipeline = pipeline;
      this.stage = pipeline.stages().get(0);
      this.key = new KeyInParts(stage);
      this.replay = new Replay(pipeline, 1);
    }

    /** Judges an event twice and says how many parts it touched. */
    int process(long timeMs) {
      Event event = event(pipeline, number++, timeMs);
      Row row = pipeline.row(event, 1, null);
      stage.process(key.open(), row, this);
      key.save();
      key.drop();
      Row expected = replay.process(event).row();
      for (int slot = 0; slot < expected.features().size(); slot++) {
        int at = slot;
        assertEquals(
            shown(expected.features(), slot),
            shown(row.features(), slot),
            () -> "event " + event.id() + ", slot " + at);
      }
      return key.takeTouched();
    }

    private static String shown(Slots slots, int slot) {
      return slots.has(slot) ? slots.number(slot) + " " + slots.held(slot) : "missing";
    }

    @Override
    public void forward(Row row) {}

    @Override
    public void repeat(Row row) {
      throw new AssertionError("a repeat");
    }

    @Override
    public void conflict(Row row) {
      throw new AssertionError("a conflict");
    }
  }

  private static int mostTouched(String over, int events) {
    Pair pair = new Pair(compile(over, WINDOWS, FOLDS));
    int most = 0;
    for (int i = 0; i < events; i++) {
      int touched = pair.process(START_MS + i * STEP_MS);
      most = i < events / 2 ? 0 : Math.max(most, touched);
    }
    return most;
  }

  @Test
  void process_inOrder_touchesAsManyPartsHoweverLongTheWindow() {
    int bound = PER_WINDOW * WINDOWS.length + BESIDE;
    int small = mostTouched("1h", 3_000);
    int large = mostTouched("16h", 16_000);
    assertTrue(small <= bound, "windows of 360 events: touched " + small);
    assertTrue(large <= bound, "windows of 5,760 events: touched " + large);
  }

  @Test
  void process_afterASilence_looksAtNothingThatHasLeft() {
    Pair pair = new Pair(compile("12h", WINDOWS));
    for (int i = 0; i < 6_000; i++) {
      pair.process(START_MS + i * STEP_MS);
    }
    long before = pair.key.bytesRead();
    int parts = pair.key.parts();
    pair.process(START_MS + 100 * 86_400_000L);
    assertTrue(parts > 40, "parts before the silence: " + parts);
    long read = pair.key.bytesRead() - before;
    assertTrue(read < 10_000L * WINDOWS.length, "bytes read: " + read);
  }

  @Test
  void save_longWindows_takesAsManyBytesAsDocumented() {
    Pair pair = new Pair(compile("24h", new String[] {WINDOWS[0], WINDOWS[2]}));
    int events = 8_000;
    for (int i = 0; i < events; i++) {
      pair.process(START_MS + i * STEP_MS);
    }
    // Times, two packed columns, and the ids of the last hour.
    long perEvent = pair.key.bytes() / events;
    assertTrue(perEvent <= 16, "bytes an event on disk: " + perEvent);
    assertTrue(pair.key.headBytes() < 3_000, "bytes of the head: " + pair.key.headBytes());
  }
}
