package io.vigia.wire.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.wire.event.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The small records beside the decisions. */
final class RecordsTest {
  private final JsonBytes json = new JsonBytes();

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void knownEvent_encoded_readsBack() {
    KnownEvent event = new KnownEvent("00ff", "p\"9", "payments");
    byte[] bytes = event.encode(json);
    assertEquals("{\"id\":\"00ff\",\"event_id\":\"p\\\"9\",\"stream\":\"payments\"}", text(bytes));
    assertEquals(event, KnownEvent.read(bytes));
    assertEquals("VG-EVENT-007", event.conflict().code().text());
  }

  @Test
  void fallbackAnswer_encoded_readsBackAndAnswers() {
    FallbackAnswer answer = new FallbackAnswer("00ff", "review");
    byte[] bytes = answer.encode(json);
    assertEquals("{\"id\":\"00ff\",\"answered\":\"review\"}", text(bytes));
    assertEquals(answer, FallbackAnswer.read(bytes));
    assertEquals(
        "{\"outcome\":\"review\",\"fallback\":true,\"id\":\"00ff\",\"event_id\":\"p9\",\"stream\":\"payments\",\"because\":\"no"
            + " decision within 250 ms\"}",
        text(answer.body("p9", "payments", "no decision within 250 ms", json)));
  }

  @Test
  void read_otherBytes_throw() {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    byte[] broken = "{\"id\":".getBytes(StandardCharsets.UTF_8);
    assertThrows(IllegalArgumentException.class, () -> KnownEvent.read(empty));
    assertThrows(IllegalArgumentException.class, () -> FallbackAnswer.read(broken));
    assertThrows(IllegalArgumentException.class, () -> FallbackAnswer.read(new byte[0]));
  }

  @Test
  void recordKind_words_readBack() {
    for (RecordKind kind : RecordKind.values()) {
      assertEquals(Optional.of(kind), RecordKind.of(kind.word()));
    }
    assertEquals("decision", RecordKind.DECISION.word());
    assertEquals(Optional.empty(), RecordKind.of("tick"));
  }
}
