package io.vigia.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.Cases;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A state as a head and parts, beside the same in one piece. */
final class KeyStatePartsTest {
  private static final StateLayout LAYOUT =
      new StateLayout(
          List.of(
              new LogLayout(List.of(FieldType.STRING, FieldType.INT), 1, true),
              new LogLayout(List.of(), 0, false)),
          1,
          1);

  private static final class Parts implements PartStore {
    final Map<PartId, byte[]> parts = new HashMap<>();
    int read;

    @Override
    public byte @Nullable [] read(PartId id) {
      read++;
      return parts.get(id);
    }

    @Override
    public void write(PartId id, byte[] bytes) {
      parts.put(id, bytes);
    }

    @Override
    public void remove(PartId id) {
      parts.remove(id);
    }
  }

  /** Adds an event in order, now and then a late one. */
  private static void add(KeyState state, int number, long timeMs, boolean late) {
    Slots values = new Slots(2);
    values.setObject(0, "t" + number);
    values.setNumber(1, number);
    EventLog log = state.log(0);
    long index = log.insert(late ? timeMs / 2 : timeMs, 0b111);
    log.set(index, 0, values, 0);
    log.set(index, 1, values, 1);
    state.log(1).insert(timeMs, 0);
    state.identities(0).admit(number, ~number, number, timeMs);
    state.advanceTo(timeMs);
  }

  private static void drop(KeyState state, long events, long timeMs) {
    state.log(0).dropBefore(state.log(0).first() + events);
    state.log(1).dropBefore(state.log(1).first() + events);
    state.identities(0).forgetUpTo(timeMs);
  }

  private static byte[] whole(KeyState state) {
    StateOutput output = new StateOutput();
    state.write(output);
    return output.toByteArray();
  }

  private static byte[] head(KeyState state) {
    StateOutput output = new StateOutput();
    state.save(output);
    return output.toByteArray();
  }

  private static KeyState open(byte[] head, PartStore parts) {
    return KeyState.open(LAYOUT, new StateInput(head), parts);
  }

  private static KeyState filled(Parts parts, int events) {
    KeyState state = new KeyState(LAYOUT);
    state.keepIn(parts);
    for (int i = 0; i < events; i++) {
      add(state, i, 10L * i, false);
    }
    return state;
  }

  @Test
  void open_whateverHappened_isAsInOnePiece() {
    Cases.run(
        200,
        random -> {
          Parts parts = new Parts();
          KeyState kept = new KeyState(LAYOUT);
          kept.keepIn(parts);
          KeyState whole = new KeyState(LAYOUT);
          int steps = random.nextInt(1_500);
          for (int i = 0; i < steps; i++) {
            boolean late = random.nextInt(100) == 0;
            add(kept, i, 10L * i, late);
            add(whole, i, 10L * i, late);
            if (random.nextInt(50) == 0) {
              int gone = random.nextInt(80);
              long forgotten = 10L * (i - random.nextInt(500));
              drop(kept, gone, forgotten);
              drop(whole, gone, forgotten);
            }
            if (random.nextInt(100) == 0) {
              byte[] head = head(kept);
              if (random.nextBoolean()) {
                kept = open(head, parts);
              } else {
                kept.release();
              }
            }
          }
          assertArrayEquals(whole(whole), whole(kept));
        });
  }

  @Test
  void open_longLog_readsNoPart() {
    Parts parts = new Parts();
    byte[] head = head(filled(parts, 5_000));
    assertTrue(parts.parts.size() > 70, "parts: " + parts.parts.size());
    parts.read = 0;
    KeyState again = open(head, parts);
    assertEquals(49_990, again.log(1).time(again.log(1).end() - 1));
    assertEquals(0, parts.read);
    assertEquals(0, again.log(1).time(0));
    assertEquals(1, parts.read);
  }

  @Test
  void dropBefore_partsThatAreGone_areRemoved() {
    Parts parts = new Parts();
    KeyState state = filled(parts, 5_000);
    head(state);
    drop(state, 5_000, Long.MAX_VALUE);
    assertEquals(Map.of(), parts.parts);
  }

  @Test
  void read_missingPart_isDamage() {
    Parts parts = new Parts();
    KeyState again = open(head(filled(parts, 1_000)), parts);
    parts.parts.clear();
    assertThrows(IllegalStateException.class, () -> again.log(0).time(0));
    assertThrows(IllegalStateException.class, () -> again.identities(0).forgetUpTo(0));
  }

  @Test
  void open_cutOffAnywhere_isDamage() {
    Parts parts = new Parts();
    byte[] head = head(filled(parts, 300));
    for (int length = 0; length < head.length; length++) {
      byte[] prefix = Arrays.copyOf(head, length);
      assertThrows(IllegalStateException.class, () -> open(prefix, parts), "length " + length);
    }
  }

  /** A flipped bit may go unnoticed here (checkpoints are sealed), but it never runs wild. */
  @Test
  void open_flippedBits_isReadOrIsDamage() {
    Parts parts = new Parts();
    byte[] head = head(filled(parts, 300));
    Cases.run(
        3_000,
        random -> {
          byte[] damaged = head.clone();
          for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
          }
          try {
            whole(open(damaged, parts));
          } catch (IllegalStateException noticed) {
            assertEquals("damaged state", String.valueOf(noticed.getMessage()).substring(0, 13));
          }
        });
  }

  @Test
  void time_flippedBitsOfAPart_isReadOrIsDamage() {
    Parts parts = new Parts();
    byte[] head = head(filled(parts, 300));
    PartId first = PartId.numbered(PartId.spaceOfLog(0), 0);
    byte[] part = Objects.requireNonNull(parts.parts.get(first));
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = part.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      parts.parts.put(first, damaged);
      try {
        open(head, parts).log(0).time(0);
      } catch (IllegalStateException noticed) {
        assertEquals("damaged state", String.valueOf(noticed.getMessage()).substring(0, 13));
      }
    }
  }
}
