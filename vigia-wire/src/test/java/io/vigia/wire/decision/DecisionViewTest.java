package io.vigia.wire.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.core.event.EventId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecisionViewTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void read_whatWasEncoded_isTheDecision() {
    DecisionView view = DecisionView.read(new DecisionJson().encode(Decisions.full()));

    assertEquals(EventId.of("card-fraud", "payments", "c\"1", "p9").toString(), view.id());
    assertEquals("card-fraud", view.pipeline());
    assertEquals(12, view.version());
    assertEquals("payments", view.stream());
    assertEquals("c\"1", view.key());
    assertEquals("p9", view.eventId());
    assertEquals(1_767_225_720_000L, view.timeMs());
    assertEquals("block", view.outcome());
    assertEquals(95, view.score());
    assertEquals(List.of("testing", "quiet"), view.rules());
    assertEquals(List.of("card testing: \"4\" payments", ""), view.reasons());
    assertEquals(3, view.partition());
    assertEquals(17, view.offset());
    assertEquals(
        Map.of(
            "payment_id", "p9",
            "created_at", "2026-01-01T00:02:00Z",
            "card", "c\"1",
            "merchant", "Café 😀",
            "amount", "900",
            "country", "RU"),
        view.values());
    Map<String, @Nullable Object> last = new LinkedHashMap<>();
    last.put("country", "PT");
    last.put("created_at", "2026-01-01T00:00:00.120Z");
    last.put("amount", null);
    Map<String, @Nullable Object> features = new LinkedHashMap<>();
    features.put("card_count_5m", 4L);
    features.put("card_spend_1h", new BigDecimal("903.5"));
    features.put("card_mean", 1000L);
    features.put("ratio", new BigDecimal("0.30000000000000004"));
    features.put("tiny", new BigDecimal("2.0E-9"));
    features.put("zero", new BigDecimal("0.0"));
    features.put("abroad", true);
    features.put("missing", null);
    features.put("card_last", last);
    assertEquals(features, view.features());
    assertEquals(List.copyOf(features.keySet()), List.copyOf(view.features().keySet()));
  }

  @Test
  void read_unknownNames_arePassedOver() {
    String text = new String(new DecisionJson().encode(Decisions.full()), StandardCharsets.UTF_8);
    String later =
        text.replace("\"outcome\"", "\"new\":{\"a\":[{}]},\"outcome\"")
            .replace("\"offset\"", "\"epoch\":[1],\"offset\"")
            .replace(
                "\"card_count_5m\":4",
                "\"card_count_5m\":123456789012345678901234567890,\"top\":[\"a\",null]");
    DecisionView view = DecisionView.read(bytes(later));
    assertEquals("block", view.outcome());
    assertEquals(17, view.offset());
    assertEquals(
        new BigDecimal("123456789012345678901234567890"), view.features().get("card_count_5m"));
    assertEquals(Arrays.asList("a", null), view.features().get("top"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "{\"id\":\"1\"",
        "{\"rules\":5}",
        "{\"features\":[]}",
        "{\"position\":1}",
        "{\"event\":null}",
        "{\"version\":\"x\"}"
      })
  void read_otherBytes_throw(String text) {
    assertThrows(IllegalArgumentException.class, () -> DecisionView.read(bytes(text)));
  }

  @Test
  void read_mutatedBytes_isADecisionOrThrowsThatItIsNone() {
    long seed = Long.getLong("vigia.seed", 1L);
    Random random = new Random(seed);
    byte[] good = new DecisionJson().encode(Decisions.full());
    for (int run = 0; run < 20_000; run++) {
      byte[] bytes =
          Arrays.copyOf(good, random.nextInt(10) > 0 ? good.length : random.nextInt(good.length));
      for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:0x".charAt(random.nextInt(9));
      }
      try {
        DecisionView.read(bytes);
      } catch (IllegalArgumentException e) {
        // said in its javadoc; anything else fails the test
      }
    }
  }
}
