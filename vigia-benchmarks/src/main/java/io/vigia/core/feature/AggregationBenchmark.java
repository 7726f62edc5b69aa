package io.vigia.core.feature;

import io.vigia.benchmarks.payments.PipelineText;
import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one aggregation cost an event: one feature over a full window of one key, in which each
 * event pushes out another?
 *
 * <p>Nanoseconds and bytes an event, on one thread; of these a row without rules and its event are
 * the same for all, as {@code count} shows best. The parameters are the feature and how many events
 * its window holds. Ids are not looked at.
 *
 * <p>Last result: see docs/benchmarks/README.md.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class AggregationBenchmark {
  private static final int VALUES = 1 << 12;
  private static final int COUNTRIES = 20;

  @Param({
    "count: true",
    "count: true, where: 'event.quantity > 50'",
    "sum: quantity",
    "sum: price",
    "sum: amount",
    "mean: amount",
    "min: quantity",
    "max: amount",
    "count_distinct: country",
    "first: country",
    "last: country",
    "previous: amount"
  })
  public String feature = "";

  @Param({"60", "100000"})
  public int content;

  private final Slots[] values = new Slots[VALUES];
  private CompiledPipeline pipeline = pipeline("count: true", 1);
  private EntityFeatures features = features(pipeline);
  private KeyState state = stage(pipeline).newState();
  private long timeMs;
  private int next;

  /** One event a second, so that the window's length is its content. */
  private static CompiledPipeline pipeline(String feature, int content) {
    return PipelineText.compile(
        "aggregation.yaml",
        """
        vigia: 1
        pipeline: aggregation
        streams:
          payments:
            id: line
            time: at
            key: card
            dedupe: 1ms
            out_of_order: 0s
            fields:
              at: timestamp
              card: string
              country: string
              quantity: int
              price: double
              amount: decimal
        features:
          it: {on: payments, by: card, %s, over: %ds}
        """
            .formatted(feature, content)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Stage stage(CompiledPipeline pipeline) {
    return pipeline.stages().get(0);
  }

  private static EntityFeatures features(CompiledPipeline pipeline) {
    return stage(pipeline).features();
  }

  @Setup
  public void fillWindow() {
    pipeline = pipeline(feature, content);
    features = features(pipeline);
    state = stage(pipeline).newState();
    Random random = new Random(1);
    for (int i = 0; i < VALUES; i++) {
      Slots one = new Slots(6);
      one.setNumber(0, 0);
      one.setObject(1, "c");
      one.setObject(2, "C" + random.nextInt(COUNTRIES));
      one.setNumber(3, random.nextInt(100));
      one.setReal(4, random.nextDouble());
      one.setObject(5, BigDecimal.valueOf(random.nextInt(100_000) | 1, 2));
      values[i] = one;
    }
    for (int i = 0; i < content + VALUES; i++) {
      process();
    }
  }

  @Benchmark
  public Slots process() {
    timeMs += 1_000;
    Slots of = values[next++ & VALUES - 1];
    Event event = new Event(pipeline.streams().get(0), "e", "c", timeMs, of, timeMs, 0, 0);
    Row row = new Row(event, new Slots(pipeline.slots()), 1, null);
    features.process(state, row);
    return row.features();
  }
}
