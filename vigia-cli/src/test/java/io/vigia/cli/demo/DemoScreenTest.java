package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final DemoScreen screen =
      new DemoScreen(new Terminal(out, err, Terminal.Style.PLAIN), false);
  private final DemoTally tally = new DemoTally();

  @Test
  void stopped_oneCardByOneRule_isToldOnce() {
    for (int i = 0; i < 10; i++) {
      screen.stopped(payment("card-1", "m" + i), answer("block", "probing"));
      screen.refresh(tally);
    }
    screen.stopped(payment("card-1", "m"), answer("block", "card_testing"));
    screen.refresh(tally);
    List<String> lines = lines();
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("block"), lines::toString);
    assertTrue(lines.get(0).contains("card-1"), lines::toString);
    assertTrue(lines.get(0).endsWith("because of probing"), lines::toString);
  }

  @Test
  void stopped_oneMerchantUnderReview_isToldOnceForAllCards() {
    for (int i = 0; i < 10; i++) {
      screen.stopped(payment("card-" + i, "bakery"), answer("review", "merchant_compromised"));
      screen.refresh(tally);
    }
    assertEquals(1, lines().size(), () -> lines().toString());
  }

  @Test
  void stopped_manyAtOnce_isNoFlood() {
    for (int i = 0; i < 500; i++) {
      screen.stopped(payment("card-" + i, "m"), answer("block", "probing"));
      if (i % 50 == 0) {
        screen.refresh(tally);
      }
    }
    screen.refresh(tally);
    // Three a second; the loop may just have met the end of one.
    assertTrue(lines().size() <= 6, () -> lines().toString());
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Payment payment(String card, String merchant) {
    return new Payment(
        "p",
        Instant.EPOCH,
        card,
        null,
        merchant,
        "cafe",
        new BigDecimal("1.50"),
        "PT",
        "lisbon",
        null,
        0);
  }

  private static Answer answer(String outcome, String rule) {
    return new Answer(outcome, false, List.of(rule), List.of("because of " + rule));
  }
}
