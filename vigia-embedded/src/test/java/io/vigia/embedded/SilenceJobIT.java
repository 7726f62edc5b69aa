package io.vigia.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.flink.StateStorage;
import io.vigia.wire.decision.DecisionView;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.Tick;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Silences in a stream of several partitions, one of which brings nothing but ticks, while the job
 * is stopped and goes on with another number of workers.
 */
class SilenceJobIT {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final int PARTITIONS = 4;
  private static final int QUIET = 3;
  private static final String FILE =
      """
      vigia: 1
      pipeline: %s
      streams:
        beats:
          id: id
          time: at
          key: terminal
          out_of_order: 5s
          fields: {id: string, at: timestamp, terminal: string}
      patterns:
        silent: {by: terminal, on: beats, absent: 60s}
      rules:
        - {id: down, on: silent, when: 'true', outcome: review}
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
  void job_rescaledBetweenTicks_decidesEachSilenceOnceAtItsTime(StateStorage state)
      throws Exception {
    try (Run run = new Run(state)) {
      JobID job = run.submit(1, null);
      for (int partition = 0; partition < QUIET; partition++) {
        run.beat(partition, "k" + partition, 0);
      }
      run.beat(0, "k5", 0);
      run.tick(QUIET, 0);
      run.awaitDecided("k5:0");
      Path first = run.checkpointAfterNow(job);
      stack.flink().stop(job);

      job = run.submit(2, first);
      run.beat(1, "k1", 40);
      // Its own event says that the silence of k5 is over, whatever the quiet partition waits for.
      run.beat(0, "k5", 200);
      run.awaitDecided("silent:k5@" + at(60));
      run.tick(0, 70);
      run.tick(2, 70);
      run.tick(1, 70);
      run.beat(2, "k9", 71);
      run.awaitDecided("k9:71");
      assertEquals(Map.of("silent:k5@" + at(60), 1), run.silences(), "a partition is at 10:00");
      run.tick(QUIET, 64);
      run.awaitDecided("k9:71");
      run.tick(QUIET, 70);
      run.awaitDecided("silent:k0@" + at(60));
      run.awaitDecided("silent:k2@" + at(60));
      Path second = run.checkpointAfterNow(job);
      stack.flink().stop(job);

      for (int partition = 0; partition < PARTITIONS; partition++) {
        run.tick(partition, 110);
      }
      job = run.submit(1, second);
      run.awaitDecided("silent:k1@" + at(100));
      stack.flink().stop(job);
      assertEquals(
          new TreeMap<>(
              Map.of(
                  "silent:k0@" + at(60), 1,
                  "silent:k1@" + at(100), 1,
                  "silent:k2@" + at(60), 1,
                  "silent:k5@" + at(60), 1)),
          run.silences());

      // From its beginning the log says the same again, under the same ids.
      job = run.submit(2, null);
      run.awaitTwice("silent:k1@" + at(100));
      stack.flink().stop(job);
      assertEquals(4, run.silences().size(), () -> "" + run.silences());
    }
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  /** A run of the pipeline, with what comes and goes in it. */
  private static final class Run extends JobRun {
    Run(StateStorage state) throws Exception {
      super(stack, "silences-" + state.word(), FILE, PARTITIONS, state);
    }

    void beat(int partition, String key, int second) throws Exception {
      String json =
          "{\"id\":\"%s:%d\",\"at\":\"%s\",\"terminal\":\"%s\"}"
              .formatted(key, second, at(second), key);
      send(
          List.of(
              new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), json.getBytes(UTF_8))));
    }

    void tick(int partition, int second) throws Exception {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, partition, Tick.KEY.getBytes(UTF_8), Tick.value());
      record.headers().add(RecordHeaders.CONTROL, RecordHeaders.CONTROL_TICK.getBytes(UTF_8));
      record
          .headers()
          .add(RecordHeaders.MARK, Long.toString(at(second).toEpochMilli()).getBytes(UTF_8));
      record
          .headers()
          .add(RecordHeaders.STREAM, Tick.streamOf(pipeline.name(), "beats").getBytes(UTF_8));
      send(List.of(record));
    }

    void awaitDecided(String eventId) {
      await(eventId, 1);
    }

    void awaitTwice(String eventId) {
      await(eventId, 2);
    }

    private void await(String eventId, int times) {
      long deadline = System.nanoTime() + WAIT.toNanos();
      Map<String, Integer> decided = decided();
      while (decided.getOrDefault(eventId, 0) < times) {
        assertTrue(System.nanoTime() < deadline, eventId + ": got " + decided);
        decided = decided();
      }
    }

    /** How often each silence was decided, by its id. */
    Map<String, Integer> silences() {
      Map<String, Integer> silences = new TreeMap<>(decided());
      silences.keySet().removeIf(id -> !id.startsWith("silent:"));
      return silences;
    }

    private Map<String, Integer> decided() {
      Map<String, Integer> decided = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> record : readAll("decisions")) {
        if (record.headers().lastHeader(RecordHeaders.CONTROL) == null) {
          decided.merge(DecisionView.read(record.value()).eventId(), 1, Integer::sum);
        }
      }
      return decided;
    }
  }
}
