package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnPaymentTest {
  private static final Instant NOW = Instant.parse("2026-11-22T17:00:03.123Z");

  @Test
  void allowed_inAShell_hasTheArgumentsThatAreMeant() throws Exception {
    assertEquals(
        List.of(
            "-s",
            "http://127.0.0.1:8080/v1/streams/payments/decide",
            "-H",
            "Content-Type: application/json",
            "-d",
            "{\"payment_id\":\"mine-r1\",\"created_at\":\"2026-11-22T17:00:03Z\",\"card\":\"my-card\","
                + "\"merchant\":\"corner-cafe\",\"category\":\"cafe\",\"amount\":4.80,"
                + "\"country\":\"PT\",\"city\":\"lisbon\"}"),
        argumentsOf(OwnPayment.allowed("http://127.0.0.1:8080", "r1", NOW)));
  }

  @Test
  void blocked_inAShell_isAnotherPaymentWithAListedCard() throws Exception {
    List<String> arguments = argumentsOf(OwnPayment.blocked("http://127.0.0.1:8080", "r1", NOW));
    assertEquals(6, arguments.size());
    assertEquals(true, arguments.get(5).contains("\"payment_id\":\"lost-r1\""), arguments.get(5));
    assertEquals(true, arguments.get(5).contains("\"card\":\"card-lost-1\""), arguments.get(5));
  }

  /** What curl would be called with: a function of its name prints it, one argument a line. */
  private static List<String> argumentsOf(String line) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("bash", "-c", "curl() { printf '%s\\n' \"$@\"; }\n" + line).start();
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor());
    return out.lines().toList();
  }
}
