package io.vigia.wire.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

final class TickTest {
  private static final String TICK = RecordHeaders.CONTROL_TICK;

  @Test
  void of_headersOfATick_saysStreamAndTime() {
    assertEquals(
        new Tick("terminals.heartbeats", 1_767_225_600_000L),
        Tick.of(TICK, "1767225600000", Tick.streamOf("terminals", "heartbeats")));
  }

  @Test
  void of_anythingElse_isNull() {
    assertNull(Tick.of(RecordHeaders.CONTROL_PROBE, "1767225600000", "p.s"));
    assertNull(Tick.of(null, "1767225600000", "p.s"));
    assertNull(Tick.of(TICK, null, "p.s"));
    assertNull(Tick.of(TICK, "1767225600000", null));
    assertNull(Tick.of(TICK, "soon", "p.s"));
    assertNull(Tick.of(TICK, "99999999999999999999", "p.s"));
    assertNull(Tick.of(TICK, Long.toString(Long.MAX_VALUE), "p.s"));
    assertNull(Tick.of(TICK, Long.toString(Long.MIN_VALUE), "p.s"));
  }
}
