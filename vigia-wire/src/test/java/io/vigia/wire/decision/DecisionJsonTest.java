package io.vigia.wire.decision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.EventId;
import io.vigia.wire.event.StreamBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DecisionJsonTest {
  private final DecisionJson json = new DecisionJson();

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void encode_everythingThereIs_hasTheShapeOfTheContract() {
    String id = EventId.of("card-fraud", "payments", "c\"1", "p9").toString();
    assertEquals(
        "{\"id\":\""
            + id
            + "\",\"pipeline\":\"card-fraud\",\"version\":12,\"stream\":\"payments\",\"key\":\"c\\\"1\","
            + "\"event_id\":\"p9\",\"time\":\"2026-01-01T00:02:00Z\",\"outcome\":\"block\",\"score\":95,\"rules\":[\"testing\",\"quiet\"],\"reasons\":[\"card"
            + " testing: \\\"4\\\" payments\",\"\"],"
            + "\"features\":{\"card_count_5m\":4,\"card_spend_1h\":903.5,\"card_mean\":1000,"
            + "\"ratio\":0.30000000000000004,\"tiny\":2.0E-9,\"zero\":0.0,\"abroad\":true,\"missing\":null,"
            + "\"card_last\":{\"country\":\"PT\",\"created_at\":\"2026-01-01T00:00:00.120Z\",\"amount\":null}},"
            + "\"shadow\":[\"shared_device\"],\"unknown\":[{\"rule\":\"x\",\"because\":\"event.device"
            + " is missing\"}],\"near\":[{\"rule\":\"large\",\"comparison\":\"event.amount > 1000\","
            + "\"found\":903.5}],\"resolves\":[\"fraud_desk\"],\"coarse\":[\"card_spend_1h\"],\"late\":true,"
            + "\"event\":{\"payment_id\":\"p9\",\"created_at\":\"2026-01-01T00:02:00Z\",\"card\":\"c\\\"1\",\"merchant\":\"Café"
            + " 😀\",\"amount\":900,\"country\":\"RU\"},"
            + "\"position\":{\"partition\":3,\"offset\":17}}",
        text(json.encode(Decisions.full())));
  }

  @Test
  void encode_nothingFired_leavesOutWhatIsEmpty() {
    String text = text(json.encode(Decisions.plain(Decisions.payment("1"))));
    assertEquals(
        "\"outcome\":\"allow\",\"score\":0,\"rules\":[],\"reasons\":[],\"features\":{},\"event\":{",
        text.substring(text.indexOf("\"outcome\""), text.indexOf("\"payment_id\"")));
  }

  @Test
  void encodeLine_hasTheNamesOfABacktest() {
    assertEquals(
        "{\"event_id\":\"p9\",\"stream\":\"payments\",\"time\":\"2026-01-01T00:02:00Z\",\"outcome\":\"allow\","
            + "\"score\":0,\"rules\":[],\"reasons\":[],\"features\":{},\"version\":12}",
        text(json.encodeLine(Decisions.plain(Decisions.payment("1")))));
  }

  @Test
  void encode_valuesOfEveryType_areDeclaredNamesAndPlainNumbers() {
    StreamBuilder stream =
        new StreamBuilder("s")
            .id("i")
            .key("i")
            .field("i", "int", "I")
            .field("d", "double")
            .field("b", "bool")
            .field("t", "timestamp", "t", "epoch_s", null)
            .field("m", "decimal")
            .field("gone", "string?");
    String in = "{\"I\":9007199254740993,\"d\":1e22,\"b\":false,\"t\":0.001,\"m\":1e20}";
    String text = text(json.encode(Decisions.plain(Decisions.event(stream, in))));
    assertEquals(
        "\"event\":{\"i\":9007199254740993,\"d\":1.0E22,\"b\":false,"
            + "\"t\":\"1970-01-01T00:00:00.001Z\",\"m\":100000000000000000000},",
        text.substring(text.indexOf("\"event\":"), text.indexOf("\"position\"")));
  }

  @Test
  void encode_equalDecisions_areTheSameBytes() {
    byte[] first = json.encode(Decisions.plain(Decisions.payment("2.50")));
    assertArrayEquals(first, json.encode(Decisions.plain(Decisions.payment("\"2.5000\""))));
    assertArrayEquals(first, new DecisionJson().encode(Decisions.plain(Decisions.payment("2.5"))));
  }

  @Test
  void encode_valueOfForeignType_throwsAndTheNextIsWhole() {
    Decision plain = Decisions.plain(Decisions.payment("1"));
    byte[] before = json.encode(plain);
    Decision odd =
        new Decision(
            "p",
            1,
            plain.event(),
            "allow",
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of("f", new Object()),
            List.of(),
            List.of(),
            false);
    assertThrows(IllegalArgumentException.class, () -> json.encode(odd));
    assertArrayEquals(before, json.encode(plain));
  }
}
