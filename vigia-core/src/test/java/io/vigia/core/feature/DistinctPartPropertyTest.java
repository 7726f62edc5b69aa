package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.Cases;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Counts of different values beyond a size: how far off they are, and that nothing else matters.
 */
final class DistinctPartPropertyTest {
  /** Three standard errors. */
  private static final double ERROR_MAX = 0.049;

  private static ValueSketch sketch(List<?> values) {
    ValueSketch sketch = new ValueSketch();
    values.forEach(sketch::add);
    return sketch;
  }

  private static ValueSketch restored(ValueSketch sketch) {
    StateOutput output = new StateOutput();
    sketch.write(output);
    return ValueSketch.read(new StateInput(output.toByteArray()));
  }

  @Test
  void estimate_manySets_isWithinTheDocumentedError() {
    int within = 0;
    int sets = 200;
    Random random = new Random(6);
    for (int set = 0; set < sets; set++) {
      int size = 600 + random.nextInt(set % 10 == 0 ? 400_000 : 20_000);
      ValueSketch sketch = new ValueSketch();
      long from = random.nextLong();
      for (long i = 0; i < size; i++) {
        sketch.add(set % 2 == 0 ? (Object) (from + i) : "card-" + (from + i));
      }
      double error = Math.abs(sketch.estimate() - size) / (double) size;
      assertTrue(error < 2 * 0.033, "set " + set + " of " + size + ": off by " + error);
      within += error < 0.033 ? 1 : 0;
    }
    assertTrue(within >= 0.95 * sets, within + " of " + sets + " within two standard errors");
  }

  @Test
  void estimate_anyOrderMergeOrRestore_isThatOfTheSet() {
    Cases.run(
        60,
        random -> {
          List<Object> values = new ArrayList<>();
          int size = 600 + random.nextInt(8_000);
          for (int i = 0; i < size; i++) {
            values.add(random.nextBoolean() ? (Object) random.nextLong() : "v" + random.nextInt());
          }
          long expected = sketch(values).estimate();
          Collections.shuffle(values, random);
          int half = random.nextInt(size - 520) + 520;
          ValueSketch first = restored(sketch(values.subList(0, half)));
          ValueSketch second = sketch(values.subList(Math.max(0, half - 520), size));
          ValueSketch merged = new ValueSketch();
          merged.merge(second.copy());
          merged.merge(first);
          assertEquals(expected, merged.estimate());
          assertEquals(expected, restored(merged).estimate());
          values.subList(half, size).forEach(first::add);
          assertEquals(expected, first.estimate());
        });
  }

  @Test
  void write_readAndWrittenAgain_givesTheSameBytes() {
    Cases.run(
        30,
        random -> {
          ValueSketch sketch = new ValueSketch();
          int size = DistinctPart.SKETCH_MIN + random.nextInt(5_000);
          for (int i = 0; i < size; i++) {
            sketch.add((long) i * random.nextInt());
          }
          StateOutput once = new StateOutput();
          sketch.write(once);
          StateOutput twice = new StateOutput();
          restored(sketch).write(twice);
          assertEquals(List.of(bytes(once)), List.of(bytes(twice)));
        });
  }

  private static String bytes(StateOutput output) {
    return java.util.HexFormat.of().formatHex(output.toByteArray());
  }

  @Test
  void read_damaged_isNoticed() {
    StateOutput output = new StateOutput();
    output.writeBlock(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThrows(
        IllegalStateException.class, () -> ValueSketch.read(new StateInput(output.toByteArray())));
  }

  private static long found(CompiledPipeline pipeline, Replay replay, int id, String values) {
    Replay.Result result =
        replay.process(PipelineDraft.event(pipeline, "a", "id=e" + id + " card=c " + values));
    return (Long) Objects.requireNonNull(pipeline.features(result.row()).get("f"));
  }

  @Test
  void feature_withoutWindow_isExactUpToItsSizeAndAboutBeyond() {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .dedupe(1).stream("a", "card", "id string, t timestamp, card string, s string")
                .feature("f", "a by card: count_distinct s sketch 600")
                .compile();
    Replay replay = new Replay(pipeline, 1);
    int largest = 0;
    for (int n = 0; n < 20_000; n++) {
      long found = found(pipeline, replay, n, "t=" + n + " s=v" + n / 2);
      int exact = n / 2 + 1;
      if (exact <= 600) {
        assertEquals(exact, found);
      } else {
        assertTrue(Math.abs(found - exact) < ERROR_MAX * exact, exact + " different: " + found);
      }
      if (n % 1_000 == 999) {
        byte[] bytes = replay.snapshot();
        largest = Math.max(largest, bytes.length);
        replay = Replay.restore(pipeline, 1, bytes);
      }
    }
    assertTrue(largest < 8_000, "bytes of a key: " + largest);
  }

  /**
   * Panes with few and with many values, late events, restored: what a window gives is the same.
   */
  @Test
  void feature_inPanes_isWithinItsErrorAndSurvivesARestore() {
    Cases.run(
        3,
        random -> {
          CompiledPipeline pipeline =
              new PipelineDraft()
                  .dedupe(1).outOfOrder(50).stream(
                          "a", "card", "id string, t timestamp, card string, i int")
                      .feature(
                          "f", "a by card: count_distinct i over 1000 resolution 100 sketch 512")
                      .compile();
          Replay replay = new Replay(pipeline, 1);
          Replay undisturbed = new Replay(pipeline, 1);
          List<long[]> history = new ArrayList<>();
          for (int n = 0; n < 20_000; n++) {
            long time = n / 10L - random.nextInt(40);
            // Calm and busy stretches, so that windows have panes of both kinds.
            long value = n % 14_000 < 7_000 ? random.nextInt(200) : random.nextInt(1_000_000);
            history.add(new long[] {time, value});
            String values = "t=" + time + " i=" + value;
            if (n % 701 == 0) {
              replay = Replay.restore(pipeline, 1, replay.snapshot());
            }
            long found = found(pipeline, replay, n, values);
            assertEquals(found(pipeline, undisturbed, n, values), found, "event " + n);
            if (n % 397 == 0) {
              check(history, time, found);
            }
          }
        });
  }

  private static void check(List<long[]> history, long time, long found) {
    long from = Math.floorDiv(time - 1_000, 100) * 100;
    Set<Long> exact = new HashSet<>();
    int mostOfAPane = 0;
    for (long pane = from; pane < time; pane += 100) {
      Set<Long> ofPane = new HashSet<>();
      for (long[] event : history) {
        if (event[0] > pane && event[0] <= pane + 100) {
          ofPane.add(event[1]);
          if (event[0] <= time) {
            exact.add(event[1]);
          }
        }
      }
      mostOfAPane = Math.max(mostOfAPane, ofPane.size());
    }
    if (mostOfAPane <= DistinctPart.SKETCH_MIN) {
      assertEquals(exact.size(), found);
    }
    assertTrue(
        Math.abs(found - exact.size()) <= ERROR_MAX * exact.size(),
        exact.size() + " different: " + found);
  }
}
