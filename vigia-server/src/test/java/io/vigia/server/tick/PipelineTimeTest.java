package io.vigia.server.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class PipelineTimeTest {
  private static final String FILE =
      """
      vigia: 1
      pipeline: waiting
      streams:
        orders:
          id: order
          time: at
          key: order
          out_of_order: 2s
          fields: {order: string, at: timestamp}
        payments:
          id: order
          time: at
          key: order
          out_of_order: 0s
          fields: {order: string, at: timestamp}
        visits:
          id: visit
          time: at
          key: order
          fields: {visit: string, order: string, at: timestamp}
      patterns:
        unpaid:
          by: order
          within: 1m
          steps: [ordered: {on: orders}, paid: {on: payments, not: true}]
      rules:
        - {id: r, on: unpaid, when: 'true', outcome: block}
      """;

  private static final TopicPartition ORDERS_0 = new TopicPartition("waiting.orders", 0);
  private static final TopicPartition ORDERS_1 = new TopicPartition("waiting.orders", 1);
  private static final TopicPartition PAYMENTS = new TopicPartition("waiting.payments", 0);

  private final CompiledPipeline pipeline = compiled();
  private final PipelineTime time = new PipelineTime(pipeline, partitions());

  private static CompiledPipeline compiled() {
    Problems problems = new Problems();
    return PipelineReader.read("f.yaml", FILE.getBytes(StandardCharsets.UTF_8), problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .orElseThrow(() -> new AssertionError(problems.sorted()));
  }

  private Map<StreamSchema, List<TopicPartition>> partitions() {
    Map<StreamSchema, List<TopicPartition>> partitions = new LinkedHashMap<>();
    pipeline.streams().stream()
        .filter(pipeline::isTimed)
        .forEach(
            stream ->
                partitions.put(
                    stream,
                    stream.name().equals("orders")
                        ? List.of(ORDERS_0, ORDERS_1)
                        : List.of(PAYMENTS)));
    return partitions;
  }

  /** The marks that are due, by partition. */
  private Map<String, Long> due(long nowMs) {
    Map<String, Long> marks = new TreeMap<>();
    time.due(nowMs, 0).forEach(tick -> marks.put(tick.partition().toString(), tick.markMs()));
    return marks;
  }

  @Test
  void pipeline_withASilence_isTimedInItsStreamsAlone() {
    assertEquals(2, partitions().size());
    assertEquals(60_000, pipeline.longestSilenceMs());
  }

  @Test
  void due_beforeAnyEvent_isNothing() {
    assertEquals(Map.of(), due(1_000_000));
    assertEquals(OptionalLong.empty(), time.timeAt(1_000_000));
  }

  @Test
  void due_eventASecondAgo_tellsEveryPartitionItsTimeAndWhatHasPassed() {
    time.event(ORDERS_0, 500_000, 1_000_000);
    // The others have never had an event, so they are silent already.
    assertEquals(
        Map.of("waiting.orders-1", 500_000L, "waiting.payments-0", 500_000L), due(1_000_000));
    assertEquals(
        Map.of(
            "waiting.orders-0", 501_000L,
            "waiting.orders-1", 501_000L,
            "waiting.payments-0", 501_000L),
        due(1_001_000));
  }

  @Test
  void due_streamFurtherBehind_keepsItsOwnTime() {
    time.event(ORDERS_0, 500_000, 1_000_000);
    time.event(PAYMENTS, 400_000, 1_000_500);
    assertEquals(401_500L, due(1_002_000).get("waiting.payments-0"));
  }

  @Test
  void due_lateEvent_doesNotTakeTimeBack() {
    time.event(ORDERS_0, 500_000, 1_000_000);
    time.event(ORDERS_0, 300_000, 1_000_900);
    assertEquals(502_000L, due(1_002_000).get("waiting.orders-0"));
  }

  @Test
  void due_tickOfAnotherGateway_isNotAppendedAgain() {
    time.event(ORDERS_0, 500_000, 1_000_000);
    assertEquals(3, due(1_001_000).size());
    for (TopicPartition each : time.partitions()) {
      time.tick(each, 501_300, 1_001_300);
    }
    assertEquals(Map.of(), due(1_001_500));
    assertEquals(3, due(1_001_700).size());
  }

  @Test
  void due_noSilenceCanBeOpenAnyMore_isSeldom() {
    time.event(ORDERS_0, 500_000, 1_000_000);
    int ticks = 0;
    for (long now = 1_000_000; now < 1_063_000; now += 100) {
      ticks += due(now).containsKey("waiting.orders-0") ? 1 : 0;
    }
    assertTrue(ticks > 100, "ticks: " + ticks);
    int settled = 0;
    for (long now = 1_064_000; now < 1_164_000; now += 100) {
      settled += due(now).containsKey("waiting.orders-0") ? 1 : 0;
    }
    assertEquals(10, settled);
    time.event(PAYMENTS, 700_000, 1_164_000);
    assertTrue(due(1_164_500).containsKey("waiting.orders-0"), "somebody may wait again");
  }

  @Test
  void due_restartedWithTicksAlone_goesOnFromThem() {
    time.tick(ORDERS_0, 500_000, 1_000_000);
    time.tick(ORDERS_1, 500_100, 1_000_100);
    assertTrue(time.isKnown(ORDERS_0));
    assertFalse(time.isKnown(PAYMENTS));
    assertEquals(560_000L, due(1_060_000).get("waiting.orders-0"));
    // An event that is found says how far its stream is, though a tick has told more.
    time.event(ORDERS_0, 540_000, 1_060_000);
    assertEquals(541_000, time.timeAt(1_061_000).orElseThrow());
    assertEquals(Map.of(), due(1_061_000), "nothing is told that has been told");
  }

  @Test
  void passedMs_everyPartitionHasTold_isTheLeastLessItsLateness() {
    time.event(ORDERS_0, 500_000, 1_000_000);
    time.tick(ORDERS_1, 499_000, 1_000_100);
    due(1_001_000);
    assertEquals(OptionalLong.empty(), time.passedMs(), "what is due is not yet in the log");
    time.tick(PAYMENTS, 501_000, 1_001_000);
    assertEquals(497_000, time.passedMs().orElseThrow());
    time.tick(ORDERS_1, 502_000, 1_002_000);
    assertEquals(498_000, time.passedMs().orElseThrow());
  }

  @Test
  void due_clockBehindTheLog_tellsNoTimeBeforeTheEvent() {
    time.event(ORDERS_0, 500_000, 1_000_000);
    assertEquals(500_000L, due(999_000).get("waiting.orders-1"));
  }
}
