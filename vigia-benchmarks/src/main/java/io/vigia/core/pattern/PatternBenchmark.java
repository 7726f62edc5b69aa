package io.vigia.core.pattern;

import io.vigia.benchmarks.payments.PipelineText;
import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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
 * What does a pattern of two steps cost an event that goes on with none of its partial matches, by
 * how many of them the key has?
 *
 * <p>Nanoseconds and bytes an event, on one thread; a row without rules and its event are the same
 * for all. {@code hit} is the condition of the step that is waited for: one that the event alone
 * answers is asked once, one that reads the step before it once for each partial match.
 *
 * <p>Last result: see docs/benchmarks/README.md.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class PatternBenchmark {
  private static final BigDecimal PROBE = new BigDecimal("1.00");
  private static final BigDecimal HIGH = new BigDecimal("600.00");

  @Param({"0", "1", "16"})
  public int waiting;

  @Param({
    "event.amount > 900.0",
    "event.amount > 500.0 && event.country != probe.last.country",
  })
  public String hit = "event.amount > 900.0";

  private CompiledPipeline pipeline = pipeline(hit);
  private Stage stage = pipeline.stages().get(0);
  private KeyState state = stage.newState();
  private long timeMs;

  private static CompiledPipeline pipeline(String hit) {
    return PipelineText.compile(
        "pattern.yaml",
        """
        vigia: 1
        pipeline: pattern
        streams:
          payments:
            id: line
            time: at
            key: card
            dedupe: 1ms
            out_of_order: 0s
            fields: {at: timestamp, card: string, country: string, amount: decimal}
        patterns:
          card_testing:
            by: card
            within: 10m
            overlap: true
            steps:
              - probe: {on: payments, where: 'event.amount < 2.0'}
              - hit: {on: payments, where: '%s'}
        rules:
          - {id: testing, on: payments, when: 'matched.card_testing', outcome: block}
        """
            .formatted(hit)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Setup
  public void begin() {
    pipeline = pipeline(hit);
    stage = pipeline.stages().get(0);
    state = stage.newState();
    for (int i = 0; i < waiting; i++) {
      timeMs++;
      stage.patterns().process(state, row(PROBE));
    }
    PartialMatches matches =
        stage.patterns().patterns().get(0).matcher().find(state, stage.features().registers());
    int open = matches == null ? 0 : matches.size();
    if (open != waiting) {
      throw new IllegalStateException("partial matches: expected " + waiting + ", got " + open);
    }
  }

  private Row row(BigDecimal amount) {
    Slots values = new Slots(4);
    values.setNumber(0, timeMs);
    values.setObject(1, "c");
    values.setObject(2, "PT");
    values.setObject(3, amount);
    Event event = new Event(pipeline.streams().get(0), "e", "c", timeMs, values, timeMs, 0, 0);
    return new Row(event, new Slots(pipeline.slots()), 1, null);
  }

  @Benchmark
  public Slots process() {
    Row row = row(HIGH);
    stage.patterns().process(state, row);
    return row.features();
  }
}
