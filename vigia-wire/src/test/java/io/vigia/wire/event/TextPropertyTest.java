package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own readers of numbers, times and UTF-8 against those of the JDK, by seed. */
final class TextPropertyTest {
  private static final long SEED = Long.getLong("vigia.seed", 42L);
  private static final int RUNS = 20_000;

  private static String number(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    int whole = random.nextInt(1, 24);
    for (int i = 0; i < whole; i++) {
      text.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
    }
    if (random.nextBoolean()) {
      text.append('.');
      for (int i = random.nextInt(1, 24); i > 0; i--) {
        text.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
      }
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(-330, 330));
    }
    return text.toString();
  }

  @Test
  void numberText_randomNumbers_agreeWithTheJdk() {
    Random random = new Random(SEED);
    NumberText number = new NumberText();
    for (int i = 0; i < RUNS; i++) {
      String text = number(random);
      String why = "seed " + SEED + ": " + text;
      char[] padded = ("??" + text + "9").toCharArray();
      assertEquals(true, number.scan(padded, 2, text.length()), why);

      double real = Double.parseDouble(text) + 0.0; // no minus zero
      double ours = number.toDouble() + 0.0;
      assertEquals(Math.abs(real) <= NumberText.LARGEST_DOUBLE ? real : Double.NaN, ours, why);

      BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
      exact = exact.scale() < 0 ? exact.setScale(0) : exact;
      boolean fits = exact.precision() <= 38 && exact.scale() <= 18;
      assertEquals(fits ? exact : null, number.toDecimal(), why);

      boolean whole =
          exact.scale() == 0 && exact.precision() <= 19 && exact.toBigInteger().bitLength() < 64;
      assertEquals(whole, number.toLong() == null, why);
      if (whole) {
        assertEquals(exact.longValueExact(), number.whole(), why);
      }

      for (int power : new int[] {3, 0, -3}) {
        BigDecimal scaled = exact.scaleByPowerOfTen(power).setScale(0, RoundingMode.FLOOR);
        long times = number.toWholeTimes(power);
        if (scaled.precision() <= 17) {
          assertEquals(scaled.longValueExact(), times, why);
        } else if (times != IsoTime.BEYOND) {
          assertEquals(scaled, BigDecimal.valueOf(times), why);
        }
      }
    }
  }

  @Test
  void isoTime_randomTimes_readAndWriteAsTheJdk() {
    Random random = new Random(SEED);
    for (int i = 0; i < RUNS; i++) {
      long ms = random.nextLong(IsoTime.LEAST, IsoTime.MOST + 1);
      ms = random.nextBoolean() ? ms : Math.floorDiv(ms, 1000L) * 1000;
      String text = Instant.ofEpochMilli(ms).toString();
      assertEquals(text, IsoTime.format(ms), "seed " + SEED);
      assertEquals(ms, IsoTime.parse(text).orElseThrow(), "seed " + SEED);

      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
      String there =
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Instant.ofEpochMilli(ms).atOffset(offset));
      if (there.matches("\\d{4}-.*") && !there.startsWith("0000")) {
        assertEquals(ms, IsoTime.parse(there).orElseThrow(), there);
      }
    }
  }

  @Test
  void isoTime_randomDigits_agreeWithTheJdkOnWhatIsATime() {
    Random random = new Random(SEED);
    for (int i = 0; i < RUNS; i++) {
      String text =
          String.format(
              "%04d-%02d-%02dT%02d:%02d:%02dZ",
              random.nextInt(1, 3000),
              random.nextInt(14),
              random.nextInt(33),
              random.nextInt(26),
              random.nextInt(62),
              random.nextInt(62));
      long expected = Long.MIN_VALUE;
      try {
        expected = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      } catch (DateTimeException e) {
        // then it is none for us either
      }
      assertEquals(expected, IsoTime.parse(text).orElse(Long.MIN_VALUE), text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/London",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "UTC",
        "Asia/Kathmandu"
      })
  void patternTime_plainDigits_agreesWithTheFormatter(String zone) {
    Random random = new Random(SEED);
    String pattern = "dd.MM.yyyy HH:mm:ss";
    TimeText ours = PatternTime.of(pattern, ZoneId.of(zone));
    DateTimeFormatter theirs =
        DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    for (int i = 0; i < RUNS; i++) {
      // Half of them in one year, around its changes of the clocks.
      String text =
          random.nextBoolean()
              ? String.format(
                  "%02d.%02d.%04d %02d:%02d:%02d",
                  random.nextInt(33),
                  random.nextInt(14),
                  random.nextInt(1, 2300),
                  random.nextInt(26),
                  random.nextInt(60),
                  random.nextInt(60))
              : theirs.format(
                  LocalDateTime.of(2010, 1, 1, 0, 0).plusSeconds(random.nextInt(366 * 86_400)));
      long expected = IsoTime.MALFORMED;
      try {
        expected =
            LocalDateTime.parse(text, theirs).atZone(ZoneId.of(zone)).toInstant().toEpochMilli();
      } catch (DateTimeException e) {
        // then it is none for us either
      }
      assertEquals(expected, ours.text(text.toCharArray(), 0, text.length()), text);
    }
  }

  @Test
  void utf8Scan_randomBytes_agreesWithTheDecoder() {
    Random random = new Random(SEED);
    String[] pieces = {"a", "é", "ñ", "€", "😀", "\\", "\0", "plain ascii text", "\ud83d"};
    for (int i = 0; i < RUNS; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      boolean valid = true;
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      } catch (CharacterCodingException e) {
        valid = false;
      }
      int found = Utf8.scan(bytes, 0, bytes.length);
      assertEquals(valid, (found & Utf8.INVALID) == 0);
      assertEquals(valid, Utf8.firstInvalid(bytes, 0, bytes.length) < 0);
      if (valid) {
        String decoded = new String(bytes, StandardCharsets.UTF_8);
        assertEquals(decoded.indexOf('\\') >= 0, (found & Utf8.BACKSLASH) != 0);
        assertEquals(decoded.indexOf(0) >= 0, (found & Utf8.ZERO) != 0);
        assertEquals(
            decoded.codePointCount(0, decoded.length()), Utf8.characters(bytes, 0, bytes.length));
      }
    }
  }

  @Test
  void jsonBytes_doublesAndTexts_readBackTheSame() {
    Random random = new Random(SEED);
    JsonBytes json = new JsonBytes();
    for (int i = 0; i < RUNS; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        byte[] written = json.write(out -> out.writeNumber(value));
        assertEquals(value, Double.parseDouble(new String(written, StandardCharsets.UTF_8)));
      }
    }
    assertEquals("\"😀\"", text(json, "😀"));
    // Half a pair cannot be UTF-8; an expression might still make one.
    assertEquals("\"a\\uD83D\"", text(json, "a\ud83d"));
    assertEquals("\"\\uD83Db\"", text(json, "\ud83db"));
  }

  private static String text(JsonBytes json, String value) {
    return new String(json.write(out -> out.writeString(value)), StandardCharsets.UTF_8);
  }
}
