package io.vigia.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StateInputTest {
  private static final long[] EDGES = {
    0, 1, -1, 63, 64, 127, 128, -64, -65, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE
  };

  @Test
  void read_numbersAtTheirEdges_areWhatWasWritten() {
    StateOutput output = new StateOutput();
    for (long edge : EDGES) {
      output.writeUnsigned(edge);
      output.writeSigned(edge);
      output.writeFixed(edge);
    }
    StateInput input = new StateInput(output.toByteArray());
    for (long edge : EDGES) {
      assertEquals(edge, input.readUnsigned());
      assertEquals(edge, input.readSigned());
      assertEquals(edge, input.readFixed());
    }
    assertTrue(input.isAtEnd());
  }

  @Test
  void read_smallNumbers_takeOneByte() {
    StateOutput output = new StateOutput();
    output.writeUnsigned(127);
    output.writeSigned(-64);
    output.writeSigned(63);
    assertEquals(3, output.size());
  }

  @Test
  void read_anySequence_isWhatWasWritten() {
    Cases.run(
        300,
        random -> {
          StateOutput output = new StateOutput();
          List<Object> written = new ArrayList<>();
          int count = random.nextInt(200);
          for (int i = 0; i < count; i++) {
            written.add(write(output, random));
          }
          StateInput input = new StateInput(output.toByteArray());
          for (Object value : written) {
            check(value, input);
          }
          input.end();
        });
  }

  private static Object write(StateOutput output, Random random) {
    long number = random.nextLong() >>> random.nextInt(64);
    switch (random.nextInt(5)) {
      case 0 -> {
        output.writeSigned(number);
        return number;
      }
      case 1 -> {
        output.writeReal(Double.longBitsToDouble(number));
        return Double.longBitsToDouble(number);
      }
      case 2 -> {
        String text = "é€😀x".repeat(random.nextInt(100));
        output.writeText(text);
        return text;
      }
      case 3 -> {
        BigInteger unscaled = new BigInteger(random.nextInt(200), random);
        BigDecimal decimal =
            new BigDecimal(
                random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(40) - 10);
        output.writeDecimal(decimal);
        return decimal;
      }
      default -> {
        byte[] block = new byte[random.nextInt(300)];
        random.nextBytes(block);
        output.writeBlock(block);
        return block;
      }
    }
  }

  private static void check(Object value, StateInput input) {
    if (value instanceof Long number) {
      assertEquals(number, input.readSigned());
    } else if (value instanceof Double real) {
      assertEquals(real, input.readReal());
    } else if (value instanceof String text) {
      assertEquals(text, input.readText());
    } else if (value instanceof BigDecimal decimal) {
      assertEquals(decimal, input.readDecimal());
    } else {
      assertArrayEquals((byte[]) value, input.readBlock());
    }
  }

  private static StateInput bytes(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return new StateInput(all);
  }

  @Test
  void read_beyondTheEnd_isDamage() {
    assertThrows(IllegalStateException.class, () -> bytes().readByte());
    assertThrows(IllegalStateException.class, () -> bytes(0x80).readUnsigned());
    assertThrows(IllegalStateException.class, () -> bytes(1, 2, 3).readFixed());
    assertThrows(IllegalStateException.class, () -> bytes(5, 'a').readText());
    assertThrows(IllegalStateException.class, () -> bytes(0, 0).readDecimal());
  }

  @Test
  void readUnsigned_moreThanTenBytes_isDamage() {
    int[] endless = new int[11];
    Arrays.fill(endless, 0xff);
    assertThrows(IllegalStateException.class, () -> bytes(endless).readUnsigned());
  }

  /** Two billion elements of a few damaged bytes must not cost two billion elements of memory. */
  @Test
  void readCount_moreThanTheBytesThatFollow_isDamage() {
    assertEquals(2, bytes(2, 0, 0).readCount(1));
    assertThrows(IllegalStateException.class, () -> bytes(3, 0, 0).readCount(1));
    assertThrows(IllegalStateException.class, () -> bytes(2, 0, 0).readCount(8));
    assertThrows(
        IllegalStateException.class, () -> bytes(0xff, 0xff, 0xff, 0xff, 0x07, 0).readCount(1));
    assertThrows(
        IllegalStateException.class,
        () -> bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01).readCount(1));
  }

  /** {@code 1E+2000000000} is eleven bytes, and two gigabytes as soon as somebody adds to it. */
  @Test
  void readDecimal_absurdScale_isDamage() {
    StateOutput output = new StateOutput();
    output.writeSigned(-2_000_000_000L);
    output.writeBlock(new byte[] {1});
    assertThrows(
        IllegalStateException.class, () -> new StateInput(output.toByteArray()).readDecimal());
  }

  @Test
  void end_bytesLeft_isDamage() {
    bytes().end();
    assertThrows(IllegalStateException.class, () -> bytes(0).end());
  }
}
