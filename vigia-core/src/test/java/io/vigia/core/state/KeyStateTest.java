package io.vigia.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.core.Cases;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyStateTest {
  private static final StateLayout LAYOUT =
      new StateLayout(
          List.of(
              new LogLayout(List.of(FieldType.STRING, FieldType.DECIMAL, FieldType.INT), 2, true),
              new LogLayout(List.of(FieldType.DOUBLE), 0, false),
              new LogLayout(List.of(), 0, false)),
          2,
          2);

  private static KeyState state(Random random, int events) {
    KeyState state = new KeyState(LAYOUT);
    long time = 0;
    for (int i = 0; i < events; i++) {
      time += random.nextInt(1_000);
      Slots values = new Slots(4);
      values.setObject(0, "text".repeat(random.nextInt(3)));
      values.setObject(1, BigDecimal.valueOf(random.nextInt(), 2));
      values.setNumber(2, random.nextLong());
      values.setReal(3, random.nextGaussian());
      long index = state.log(0).insert(time, 0b00111);
      for (int c = 0; c < 3; c++) {
        state.log(0).set(index, c, values, c);
      }
      state.log(1).set(state.log(1).insert(time, 0), 0, values, 3);
      state.log(2).insert(time, 0);
      state.identities(0).admit(i, i, i, time);
      state.advanceTo(time);
    }
    state.setRegister(1, new Register.Stored(new byte[] {1, 2, 3}));
    return state;
  }

  private static byte[] bytes(KeyState state) {
    StateOutput output = new StateOutput();
    state.write(output);
    return output.toByteArray();
  }

  private static KeyState read(byte[] bytes) {
    return KeyState.read(LAYOUT, new StateInput(bytes));
  }

  @Test
  void read_whatWasWritten_isTheSame() {
    Cases.run(
        20,
        random -> {
          byte[] written = bytes(state(random, random.nextInt(300)));
          KeyState again = read(written);
          assertArrayEquals(written, bytes(again));
          assertNull(again.register(0));
          assertNull(again.derived());
        });
  }

  @Test
  void read_empty_isEmpty() {
    KeyState again = read(bytes(new KeyState(LAYOUT)));
    assertEquals(Long.MIN_VALUE, again.newestMs());
    assertEquals(0, again.log(0).end());
  }

  @Test
  void copy_changedLater_leavesTheOther() {
    Cases.run(
        20,
        random -> {
          KeyState state = state(random, random.nextInt(300));
          byte[] before = bytes(state);
          KeyState copy = state.copy();
          copy.log(2).insert(random.nextInt(1_000), 0);
          copy.log(1).dropBefore(random.nextInt(300));
          copy.identities(0).forgetUpTo(5_000);
          copy.advanceTo(Long.MAX_VALUE);
          copy.setRegister(0, new Register.Stored(new byte[] {9}));
          assertArrayEquals(before, bytes(state));
        });
  }

  /** The engine goes on with the copy while the original is only written. */
  @Test
  void copy_derived_goesAlong() {
    KeyState state = new KeyState(LAYOUT);
    Derived windows = output -> {};
    state.setDerived(windows);
    KeyState copy = state.copy();
    assertSame(windows, copy.derived());
    assertNull(state.derived());
  }

  @Test
  void read_cutOffAnywhere_isDamage() {
    byte[] written = bytes(state(new Random(1), 40));
    for (int length = 0; length < written.length; length++) {
      byte[] prefix = Arrays.copyOf(written, length);
      assertThrows(IllegalStateException.class, () -> read(prefix), "length " + length);
    }
  }

  /** A flipped bit may go unnoticed here (checkpoints are sealed), but it never runs wild. */
  @Test
  void read_flippedBits_isReadOrIsDamage() {
    byte[] written = bytes(state(new Random(2), 60));
    Cases.run(
        3_000,
        random -> {
          byte[] damaged = written.clone();
          for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
          }
          try {
            bytes(read(damaged));
          } catch (IllegalStateException noticed) {
            assertEquals("damaged state", String.valueOf(noticed.getMessage()).substring(0, 13));
          }
        });
  }

  @Test
  void read_randomBytes_isReadOrIsDamage() {
    Cases.run(
        3_000,
        random -> {
          byte[] noise = new byte[random.nextInt(200)];
          random.nextBytes(noise);
          if (noise.length > 0) {
            noise[0] = 1;
          }
          try {
            read(noise);
          } catch (IllegalStateException noticed) {
            assertEquals("damaged state", String.valueOf(noticed.getMessage()).substring(0, 13));
          }
        });
  }

  @Test
  void read_anotherVersion_isDamage() {
    byte[] written = bytes(new KeyState(LAYOUT));
    written[0]++;
    assertThrows(IllegalStateException.class, () -> read(written));
  }
}
