package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Problems;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.event.EventFile;
import io.vigia.wire.event.FileEvent;
import io.vigia.wire.event.JsonBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaymentFileTest {
  private static final Instant END = Instant.parse("2026-11-22T17:00:00Z");

  @TempDir Path folder;

  @Test
  void write_someThousand_areEventsOfTheExampleUpToTheEnd() throws Exception {
    Path file = folder.resolve("payments.ndjson.gz");
    PaymentFile.Written written = PaymentFile.write(file, 6_000, 200, 1, END);
    assertEquals(6_000, written.payments());
    assertEquals(3_000, written.history());
    assertEquals(Set.of(FraudKind.values()), written.frauds().keySet());
    JsonNode json = new ObjectMapper().readTree(new JsonBytes().write(written::write));
    assertEquals(6_000, json.path("payments").asInt(), json::toString);
    assertTrue(json.path("frauds").path("card_testing").asInt() > 0, json::toString);

    StreamSchema stream = Objects.requireNonNull(Example.compiled("fraud").stream(Payment.STREAM));
    Problems problems = new Problems();
    Set<String> ids = new HashSet<>();
    long before = Long.MIN_VALUE;
    try (EventFile events =
        EventFile.open(
                new EventDecoder(stream), List.of(file), new EventFile.Options(false, 0), problems)
            .orElseThrow()) {
      for (FileEvent event = events.next(); event != null; event = events.next()) {
        assertTrue(ids.add(event.event().id()));
        assertTrue(event.event().timeMs() >= before);
        before = event.event().timeMs();
      }
    }
    assertEquals(List.of(), problems.sorted());
    assertEquals(6_000, ids.size());
    assertEquals(END.toEpochMilli(), before);
  }

  @Test
  void write_eachLine_saysWhetherItIsFraud() throws Exception {
    Path file = folder.resolve("payments.ndjson");
    long frauds =
        PaymentFile.write(file, 4_000, 200, 2, END).frauds().values().stream()
            .mapToLong(Long::longValue)
            .sum();
    List<String> lines = Files.readAllLines(file);
    assertEquals(4_000, lines.size());
    assertEquals(
        4_000 - frauds,
        lines.stream().filter(line -> line.endsWith("\"fraud\":\"none\"}")).count());
    assertTrue(frauds > 0);
  }

  @Test
  void write_twice_isTheSame() throws Exception {
    Path one = folder.resolve("one.ndjson");
    Path two = folder.resolve("two.ndjson");
    PaymentFile.write(one, 1_000, 100, 3, END);
    PaymentFile.write(two, 1_000, 100, 3, END);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void write_toAFolderThatIsNotThere_saysWhatToDo() {
    EnvironmentException failure =
        assertThrows(
            EnvironmentException.class,
            () -> PaymentFile.write(folder.resolve("no/such.ndjson"), 10, 100, 1, END));
    assertEquals("choose another file", failure.nextStep());
  }
}
