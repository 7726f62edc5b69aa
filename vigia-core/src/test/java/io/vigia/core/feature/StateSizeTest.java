package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Emitter;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateOutput;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes that docs/language.md says a key and its events take in a checkpoint. */
final class StateSizeTest {
  private static final int EVENTS = 4_000;
  private static final Emitter NOWHERE =
      new Emitter() {
        @Override
        public void forward(Row row) {}

        @Override
        public void repeat(Row row) {}

        @Override
        public void conflict(Row row) {}
      };

  /** An event a minute on average, amounts up to 1000.00, countries of two letters. */
  private static int bytes(String feature, int events) {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .dedupe(1).stream(
                    "a", "card", "id string, t timestamp, card string, i int, m decimal, s string")
                .feature("f", feature)
                .compile();
    Stage stage = pipeline.stages().get(0);
    KeyState state = stage.newState();
    Random random = new Random(1);
    long time = 1_767_225_600_000L;
    for (int n = 0; n < events; n++) {
      time += random.nextInt(120_000);
      String values =
          "id=e%d card=c t=%d i=%d m=%d.%02d s=%s"
              .formatted(
                  n,
                  time,
                  random.nextInt(1_000),
                  random.nextInt(1_000),
                  random.nextInt(100),
                  random.nextBoolean() ? "PT" : "ES");
      Event event = PipelineDraft.event(pipeline, "a", values);
      stage.process(state, pipeline.row(event, 1, null), NOWHERE);
    }
    StateOutput output = new StateOutput();
    state.write(output);
    return output.size();
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
            "a key of one event", "45"),
        found);
  }
}
