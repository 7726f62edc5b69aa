package io.vigia.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.flink.StateStorage;
import io.vigia.wire.decision.DecisionJson;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pipeline as a Flink job on a real Kafka, against the replay of the same records. */
class PipelineJobIT {
  private static final int EVENTS = 1_500;
  private static final String FILE =
      """
      vigia: 1
      pipeline: %s
      streams:
        payments:
          id: payment_id
          time: created_at
          key: card
          fields:
            payment_id: string
            created_at: timestamp
            card: string
            merchant: string
            amount: decimal
            country: string
      features:
        card_count_5m: {on: payments, by: card, count: true, over: 5m}
        card_spend_1h: {on: payments, by: card, sum: amount, over: 1h, where: 'event.country == "PT"'}
        card_max_10m: {on: payments, by: card, max: amount, over: 10m, exclude_current: true}
        card_last: {on: payments, by: card, previous: [country, created_at]}
        card_total: {on: payments, by: card, sum: amount}
        merchant_cards_10m: {on: payments, by: merchant, count_distinct: card, over: 10m}
      rules:
        - id: always
          on: payments
          when: 'card_count_5m > 0 && card_spend_1h >= 0 && card_total > 0 && merchant_cards_10m > 0'
          outcome: review
          score: 1
        - id: larger
          on: payments
          when: 'event.amount > card_max_10m'
          outcome: block
          score: 5
          reason: '{{event.amount}} after at most {{card_max_10m}}, was in {{card_last.country}}'
      """;

  private static DataFolder data;
  private static EmbeddedStack stack;

  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    data = DataFolder.open(folder.resolve("data"));
    stack =
        EmbeddedStack.start(
            data,
            new StackSettings(KafkaSettings.DEFAULT, 4, true, null),
            StartListener.NONE,
            fatal -> {});
  }

  @AfterAll
  static void stop() {
    stack.close();
    data.close();
  }

  @ParameterizedTest
  @EnumSource
  void job_onePartition_decidesExactlyAsTheReplay(StateStorage state) throws Exception {
    try (Run run = new Run("one", state)) {
      List<String> values = payments(new Random(1), 0, EVENTS);
      run.sendValues(values);
      JobID job = run.submit(1, null);
      run.awaitDecisions(run.replayed(values).size());
      assertEquals(run.replayed(values), run.decisions());
      stack.flink().stop(job);
    }
  }

  /**
   * The state of the chained form, keyed by one worker, goes on in the form that travels, and back.
   */
  @ParameterizedTest
  @EnumSource
  void job_restoredAtAnotherParallelism_goesOnFromItsState(StateStorage state) throws Exception {
    try (Run run = new Run("scale", state)) {
      List<String> values = payments(new Random(2), 0, EVENTS);
      int third = values.size() / 3;
      int[] parallelism = {1, 2, 1};
      Path restore = null;
      for (int part = 0; part < 3; part++) {
        List<String> sent = values.subList(0, (part + 1) * third);
        run.sendValues(values.subList(part * third, (part + 1) * third));
        JobID job = run.submit(parallelism[part], restore);
        run.awaitDecisions(run.replayed(sent).size());
        restore = run.checkpointAfterNow(job);
        stack.flink().stop(job);
      }
      Map<String, String> replayed = run.replayed(values.subList(0, 3 * third));
      // Features of the stream's own key are promised at any parallelism; others may differ at 2.
      assertEquals(ownKeyOnly(replayed), ownKeyOnly(run.decisions()));
    }
  }

  @Test
  void job_recordsThatAreNoEvents_becomeDeadLettersAndTheRestIsDecided() throws Exception {
    try (Run run = new Run("poison", StateStorage.HEAP)) {
      List<String> good = payments(new Random(3), 0, 20);
      run.sendValues(good.subList(0, 10));
      run.sendValues(List.of("{broken", "{\"payment_id\":\"x\",\"card\":5}", ""));
      run.sendValues(good.subList(10, 20));
      JobID job = run.submit(1, null);
      run.awaitDecisions(run.replayed(good.subList(0, 20)).size());
      List<ConsumerRecord<byte[], byte[]>> dead = run.read("dead-letters", 3);
      assertEquals("{broken", new String(dead.get(0).value(), UTF_8));
      for (ConsumerRecord<byte[], byte[]> letter : dead) {
        assertFalse(header(letter, RecordHeaders.REASON).isEmpty());
        assertFalse(header(letter, RecordHeaders.MESSAGE).isEmpty());
        assertTrue(header(letter, RecordHeaders.PLACE).startsWith(run.topic + "-0@"));
        assertEquals("payments", header(letter, RecordHeaders.STREAM));
      }
      stack.flink().stop(job);
    }
  }

  @Test
  void job_repeatsAndConflicts_goNoFurther() throws Exception {
    try (Run run = new Run("again", StateStorage.HEAP)) {
      List<String> values = payments(new Random(4), 0, 5);
      run.sendValues(values);
      run.sendValues(values);
      run.sendValues(List.of(values.get(0).replace("\"amount\":", "\"amount\":1")));
      JobID job = run.submit(1, null);
      List<ConsumerRecord<byte[], byte[]>> records = run.read("decisions", 10);
      assertEquals(5, records.stream().filter(r -> kind(r).equals("decision")).count());
      assertEquals(5, records.stream().filter(r -> kind(r).equals("repeat")).count());
      ConsumerRecord<byte[], byte[]> letter = run.read("dead-letters", 1).get(0);
      assertEquals("VG-EVENT-007", header(letter, RecordHeaders.REASON));
      assertTrue(new String(letter.value(), UTF_8).contains("\"amount\":1"));
      stack.flink().stop(job);
    }
  }

  private static String kind(ConsumerRecord<byte[], byte[]> record) {
    return header(record, RecordHeaders.KIND);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(Objects.requireNonNull(record.headers().lastHeader(name)).value(), UTF_8);
  }

  /** Payments of a few cards at a few merchants, some out of order and some twice. */
  private static List<String> payments(Random random, int from, int count) {
    List<String> values = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      if (i > from && random.nextInt(30) == 0) {
        values.add(values.get(random.nextInt(values.size())));
      }
      long time = 1_760_000_000_000L + i * 700L - (random.nextInt(5) == 0 ? 5_000 : 0);
      values.add(
          ("{\"payment_id\":\"p%d\",\"created_at\":%d,\"card\":\"c%d\",\"merchant\":\"m%d\","
                  + "\"amount\":%d.%02d,\"country\":\"%s\"}")
              .formatted(
                  i,
                  time,
                  random.nextInt(6),
                  random.nextInt(4),
                  random.nextInt(90) + 1,
                  random.nextInt(100),
                  random.nextBoolean() ? "PT" : "ES"));
    }
    return values;
  }

  private static Map<String, String> ownKeyOnly(Map<String, String> decisions) {
    Map<String, String> own = new LinkedHashMap<>();
    decisions.forEach(
        (id, json) ->
            own.put(
                id,
                json.replaceAll("\"merchant_[a-z0-9_]+\":[^,}]+,?", "")
                    .replace("\"late\":true,", "")));
    return own;
  }

  /** A run of the pipeline, with what comes and goes in it. */
  private static final class Run extends JobRun {
    Run(String kind, StateStorage state) throws Exception {
      super(stack, kind + "-" + state.word(), FILE, 1, state);
    }

    void sendValues(List<String> values) throws Exception {
      send(
          values.stream()
              .map(
                  value ->
                      new ProducerRecord<>(topic, 0, "k".getBytes(UTF_8), value.getBytes(UTF_8)))
              .toList());
    }

    /** What the replay decides of the same values, by event id. */
    Map<String, String> replayed(List<String> values) {
      EventDecoder decoder = new EventDecoder(pipeline.streams().get(0));
      Replay replay = new Replay(pipeline, 1);
      DecisionJson json = new DecisionJson();
      Map<String, String> decided = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        byte[] value = values.get(i).getBytes(UTF_8);
        Problems problems = new Problems();
        Event event = decoder.decodeJson(value, 0, value.length, Envelope.NONE, 0, 0, i, problems);
        assertFalse(problems.hasErrors(), () -> problems.sorted().toString());
        Replay.Result result = replay.process(Objects.requireNonNull(event));
        if (result.decision() != null) {
          decided.put(event.id(), withoutPosition(json.encode(result.decision())));
        }
      }
      return decided;
    }

    private static String withoutPosition(byte[] json) {
      return new String(json, UTF_8).replaceAll("\"position\":\\{[^}]*}", "");
    }

    void awaitDecisions(int count) {
      long deadline = System.nanoTime() + WAIT.toNanos();
      while (decisions().size() < count) {
        assertTrue(System.nanoTime() < deadline, () -> "only " + decisions().size() + " decisions");
      }
    }

    /** The first decision of each id. */
    Map<String, String> decisions() {
      Map<String, String> decisions = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> record : readAll("decisions")) {
        if (kind(record).equals("decision")) {
          String json = withoutPosition(record.value());
          String id = json.replaceAll(".*\"event_id\":\"([^\"]+)\".*", "$1");
          decisions.putIfAbsent(id, json);
        }
      }
      return decisions;
    }

    /** At least {@code count} records of one of the pipeline's topics. */
    List<ConsumerRecord<byte[], byte[]>> read(String kind, int count) {
      long deadline = System.nanoTime() + WAIT.toNanos();
      List<ConsumerRecord<byte[], byte[]>> records = readAll(kind);
      while (records.size() < count) {
        assertTrue(System.nanoTime() < deadline, "only " + records.size() + " records of " + kind);
        records = readAll(kind);
      }
      return records;
    }
  }
}
