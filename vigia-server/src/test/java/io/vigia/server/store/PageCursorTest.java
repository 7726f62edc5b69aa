package io.vigia.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PageCursorTest {
  @Test
  void parse_ownText_givesTheCursor() {
    PageCursor cursor = new PageCursor(Instant.ofEpochMilli(-62135596800000L), UUID.randomUUID());
    assertEquals(cursor, PageCursor.parse(cursor.toString()));
  }

  @Test
  void parse_anythingElse_givesNothing() {
    for (String plain : new String[] {"", ":", "1:", "x:" + "0".repeat(32), "1:xyz", "1"}) {
      String text = Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
      assertNull(PageCursor.parse(text), plain);
    }
    assertNull(PageCursor.parse("not base64!"));
  }

  @Test
  void appendTo_answered_addsItAsTheLastMember() {
    byte[] body = "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    Buffer plain = Buffer.buffer();
    new StoredBody(body, null).appendTo(plain);
    assertEquals("{\"id\":\"x\"}", plain.toString());
    Buffer answered = Buffer.buffer();
    new StoredBody(body, "review").appendTo(answered);
    assertEquals("{\"id\":\"x\",\"answered\":\"review\"}", answered.toString());
  }
}
