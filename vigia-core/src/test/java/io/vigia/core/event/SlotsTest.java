package io.vigia.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SlotsTest {
  @Test
  void has_moreThanOneWordOfSlots_isKeptForEach() {
    Slots slots = new Slots(130);
    for (int i = 0; i < 130; i += 3) {
      slots.setNumber(i, i);
    }
    for (int i = 0; i < 130; i++) {
      assertEquals(i % 3 == 0, slots.has(i), "slot " + i);
    }
    slots.clear(64 + 2);
    assertFalse(slots.has(66));
    assertTrue(slots.has(63));
    assertTrue(slots.has(69));
  }

  @Test
  void copyFrom_missing_becomesMissing() {
    Slots from = new Slots(2);
    from.setObject(0, "x");
    Slots to = new Slots(2);
    to.setObject(1, "y");
    to.copyFrom(from, 1, 1);
    assertFalse(to.has(1));
    assertNull(to.object(1));
    to.copyFrom(from, 0, 1);
    assertEquals("x", to.boxed(1, FieldType.STRING));
  }

  @Test
  void setReal_bothZeros_areOne() {
    Slots slots = new Slots(2);
    slots.setReal(0, -0.0);
    slots.setReal(1, 0.0);
    assertEquals(slots.number(0), slots.number(1));
  }
}
