package io.vigia.wire.decision;

import io.vigia.core.decision.Decision;
import io.vigia.core.decision.Decision.Fired;
import io.vigia.core.decision.Decision.NearMiss;
import io.vigia.core.decision.Decision.Unknown;
import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.event.StreamBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decisions for tests. */
final class Decisions {
  private Decisions() {}

  static Event event(StreamBuilder stream, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Problems problems = new Problems();
    Event event =
        new EventDecoder(stream.build())
            .decodeJson(bytes, 0, bytes.length, Envelope.NONE, 0, 3, 17, problems);
    return Objects.requireNonNull(event, () -> problems.sorted().toString());
  }

  static Event payment(String amount) {
    return event(
        StreamBuilder.payments(),
        "{\"payment_id\":\"p9\",\"created_at\":\"2026-01-01T00:02:00Z\",\"card\":\"c\\\"1\","
            + "\"merchant\":\"Café 😀\",\"amount\":"
            + amount
            + ",\"country\":\"RU\"}");
  }

  static Decision plain(Event event) {
    return new Decision(
        "card-fraud",
        12,
        event,
        "allow",
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        false);
  }

  /** A decision with everything that a decision can have. */
  static Decision full() {
    Event event = payment("900.00");
    Map<String, @Nullable Object> last = new LinkedHashMap<>();
    last.put("country", "PT");
    last.put("created_at", Instant.parse("2026-01-01T00:00:00.120Z"));
    last.put("amount", null);
    Map<String, @Nullable Object> features = new LinkedHashMap<>();
    features.put("card_count_5m", 4L);
    features.put("card_spend_1h", new BigDecimal("903.500"));
    features.put("card_mean", new BigDecimal("1E+3"));
    features.put("ratio", 0.1 + 0.2);
    features.put("tiny", 2e-9);
    features.put("zero", -0.0);
    features.put("abroad", true);
    features.put("missing", null);
    features.put("card_last", last);
    return new Decision(
        "card-fraud",
        12,
        event,
        "block",
        95,
        List.of(
            new Fired("testing", "block", 95, "card testing: \"4\" payments"),
            new Fired("quiet", "review", 0, "")),
        List.of(new Fired("shared_device", "challenge", 50, "2 cards")),
        List.of(new Unknown("x", "event.device is missing")),
        List.of(new NearMiss("large", "event.amount > 1000", new BigDecimal("903.500"))),
        features,
        List.of("fraud_desk"),
        List.of("card_spend_1h"),
        true);
  }
}
