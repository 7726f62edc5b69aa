package io.vigia.core.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the functions give that Vigia adds to CEL, compiled and interpreted. */
final class LibraryTest {
  private static final CompiledPipeline PIPELINE =
      new PipelineDraft()
          .stream("a", "s", "id string, t timestamp, s string, i int, d double, m decimal")
              .compile();
  private static final ExpressionCompiler COMPILER =
      new ExpressionCompiler(PIPELINE.streams().get(0), List.of(), List.of(), Map.of());
  private static final Row ROW = row();

  private static Row row() {
    Event event =
        PipelineDraft.event(PIPELINE, "a", "id=e t=1774746000000 s=Año i=-7 d=-2.5 m=12.345");
    return PIPELINE.row(event, 1, null);
  }

  private static CompiledValue compile(String expression) {
    Problems problems = new Problems();
    return COMPILER
        .value(PipelineDraft.text(expression), problems)
        .orElseThrow(() -> new AssertionError(expression + ": " + problems.sorted()));
  }

  private static @Nullable Object value(String expression) {
    CompiledValue compiled = compile(expression);
    Object value = compiled.of(ROW);
    assertEquals(compiled.expression().interpretValue(ROW), value, expression);
    return value;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          math.abs(event.i)                         | 7
          math.abs(event.d)                         | 2.5
          math.abs(-event.m)                        | 12.345
          math.sign(event.d)                        | -1.0
          math.sign(event.m)                        | 1
          math.ceil(event.d)                        | -2.0
          math.ceil(event.m)                        | 13
          math.floor(event.d)                       | -3.0
          math.floor(-event.m)                      | -13
          math.trunc(event.d)                       | -2.0
          math.round(event.d)                       | -3.0
          math.round(0.49999999999999994)           | 0.0
          math.round(event.m)                       | 12
          math.round(event.m, 2)                    | 12.35
          math.round(event.m, 5)                    | 12.345
          math.round(1.005, 2)                      | 1.01
          math.sqrt(2.25)                           | 1.5
          math.sqrt(event.m)                        | 3.513545218152173
          math.log(math.exp(1.0))                   | 1.0
          math.pow(2.0, 10.0)                       | 1024.0
          math.least(event.i, 3)                    | -7
          math.greatest(event.m, 100)               | 100
          math.greatest(event.m, 0.5)               | 12.345
          math.least(event.d, 1.0, -9.0)            | -9.0
          event.s.charAt(1)                         | ñ
          event.s.charAt(3)                         | ''
          event.s.indexOf("o")                      | 2
          event.s.lowerAscii()                      | año
          event.s.upperAscii()                      | AñO
          event.s.substring(1)                      | ño
          event.s.substring(0, 2)                   | Añ
          event.s.reverse()                         | oñA
          "4111-1111".replace("-", "")              | 41111111
          "a-b-c".replace("-", "+", 1)              | a+b-c
          "ab".replace("", "_")                     | _a_b_
          "ab".replace("", "_", 1)                  | _ab
          "b,a,b".split(",").distinct().sort().join("+") | a+b
          "a,b,c".split(",", 2).join("+")           | a+b,c
          "a,b,c".split(",").slice(1, 3).join()     | bc
          size("abc".split(""))                     | 3
          "Jon Smith".distance("John Smyth")        | 2
          " x\\u3000".trim()                        | x
          """)
  void of_functionsOfTextsAndNumbers_giveWhatTheyPromise(String expression, String expected) {
    assertEquals(expected, String.valueOf(value(expression)), expression);
  }

  /** The event is at 2026-03-29T01:00:00Z: the clocks of Madrid go from two to three. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          now.startOf("hour")                              | 2026-03-29T01:00:00Z
          now.startOf("day")                               | 2026-03-29T00:00:00Z
          now.startOf("day", "Europe/Madrid")              | 2026-03-28T23:00:00Z
          now.startOf("week", "Europe/Madrid")             | 2026-03-22T23:00:00Z
          now.startOf("month", "Europe/Madrid")            | 2026-02-28T23:00:00Z
          now.startOf("year")                              | 2026-01-01T00:00:00Z
          now.plus(1, "day", "Europe/Madrid")              | 2026-03-30T01:00:00Z
          now.plus(-1, "day", "Europe/Madrid")             | 2026-03-28T02:00:00Z
          now.plus(-1, "month")                            | 2026-02-28T01:00:00Z
          now.plus(2, "week")                              | 2026-04-12T01:00:00Z
          now.plus(24, "hour", "Europe/Madrid")            | 2026-03-30T01:00:00Z
          now.getIsoDayOfWeek()                            | 7
          now.isWeekend("Pacific/Honolulu")                | true
          now.getIsoWeek()                                 | 13
          now.daysUntil(timestamp("2026-03-31T00:00:00Z")) | 2
          now.daysUntil(timestamp("2026-03-28T22:59:00Z"), "Europe/Madrid") | -1
          """)
  void of_functionsOfTime_followTheZonesCalendar(String expression, String expected) {
    assertEquals(expected, String.valueOf(value(expression)), expression);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.0.0.0/8, true",
    "11.1.2.3, 10.0.0.0/8, false",
    "10.1.2.3, 10.1.2.3, true",
    "255.255.255.255, 0.0.0.0/0, true",
    "::1, 0.0.0.0/0, false",
    "::ffff:10.1.2.3, 10.0.0.0/8, true",
    "10.1.2.3, ::ffff:0:0/96, true",
    "2001:db8::1, 2001:db8::/32, true",
    "2001:DB8:0:0:8:800:200C:417A, 2001:db8::/32, true",
    "2001:db9::1, 2001:db8::/32, false",
    "fe80::1, fe80::/10, true",
    "64:ff9b::192.0.2.33, 64:ff9b::/96, true",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0, true"
  })
  void in_addresses_areFoundInTheirNetworks(String address, String network, boolean expected) {
    String literal = "ip.in(\"%s\", \"%s\")".formatted(address, network);
    assertEquals(expected, value(literal), literal);
    String computed = "ip.in(\"%s\", \"%s\" + \"\")".formatted(address, network);
    assertEquals(expected, value(computed), computed);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "10.1.2",
    "10.1.2.3.4",
    "10.1.2.256",
    "010.1.2.3",
    "10.1.2.3/32",
    "1.2.3.-4",
    "0x7f.0.0.1",
    "10.1.2.3:80",
    "':'",
    "':::'",
    "'1::2::3'",
    "'1:2:3:4:5:6:7'",
    "'1:2:3:4:5:6:7:8:9'",
    "'12345::'",
    "'fe80::1%eth0'",
    "'[::1]'",
    "'::1.2.3'",
    "'1:2:3:4:5:6:7:1.2.3.4'",
    "'1:'",
    "':1'",
    "localhost",
    "'1:2:3:4:5:6:7:8::'",
    "'٣.1.2.3'"
  })
  void in_malformedAddresses_haveNoAnswer(String address) {
    assertEquals(null, value("ip.in(\"" + address + "\", \"0.0.0.0/0\")"), address);
    assertEquals(false, value("ip.isValid(\"" + address + "\")"), address);
  }

  /** Madrid to London, Paris to New York, and half around the Earth. */
  @ParameterizedTest
  @CsvSource({
    "40.4168, -3.7038, 51.5074, -0.1278, 1263.4",
    "48.8566, 2.3522, 40.7128, -74.0060, 5837.2",
    "0.0, 0.0, 0.0, 180.0, 20015.1",
    "89.0, 10.0, 89.0, 10.0, 0.0"
  })
  void km_places_areAsFarApartAsOnASphere(String a, String b, String c, String d, double expected) {
    String doubles = "geo.km(%s, %s, %s, %s)".formatted(a, b, c, d);
    String decimals = "geo.km(decimal(\"%s\"), %s, %s, decimal(\"%s\"))".formatted(a, b, c, d);
    assertEquals(expected, (Double) Objects.requireNonNull(value(doubles)), 0.1);
    assertEquals(value(doubles), value(decimals));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          event.s.charAt(4)
          event.s.substring(2, 1)
          event.s.substring(-1)
          event.s.indexOf("o", 4)
          math.abs(-9223372036854775807 - 1)
          math.round(event.m, -1)
          geo.km(90.1, 0.0, 0.0, 0.0)
          geo.km(0.0, 0.0, 0.0, math.sqrt(-1.0))
          now.plus(10000, "year")
          now.plus(9223372036854775807, "hour")
          now.isWeekend(event.s)
          ip.version(event.s)
          "a,b".split(",").slice(1, 3).join()
          """)
  void of_whatHasNoValue_isMissing(String expression) {
    assertEquals(null, value(expression), expression);
  }

  /** What grows beyond the size of an event has no value, before it takes memory. */
  @Test
  void of_textsThatGrow_areBounded() {
    String text = "\"" + "x".repeat(900) + "\"";
    assertEquals(null, value(text + ".replace(\"\", " + text + ").replace(\"\", " + text + ")"));
    String doubled = text + ".replace(\"x\", " + text + ")";
    assertEquals(null, value(doubled + " + " + doubled + ".substring(0)"));
    assertEquals(
        null, value("size((" + text + ".replace(\"x\", \"12345678901234567\")).split(\"\"))"));
    assertEquals(null, value(text + ".distance(\"\")"));
  }

  @Test
  void of_functionsWithoutLists_areCompiled() {
    for (String expression :
        List.of(
            "ip.in(event.s, \"10.0.0.0/8\")",
            "geo.km(event.d, event.d, 40.4, -3.7)",
            "math.round(event.m, 2)",
            "event.s.lowerAscii().substring(0, 2)",
            "now.startOf(\"day\", \"Europe/Madrid\")")) {
      assertTrue(compile(expression).expression().isCompiled(false), expression);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ip.in(event.s, "10.0.0.0/8")                   | ip_in(event.s, "10.0.0.0/8")
          "ip.in(" + 'ip.in(' + event.s                  | "ip.in(" + 'ip.in(' + event.s
          r"\\" + ip.in                                   | r"\\" + ip_in
          "\\"ip.in" + ip.in                             | "\\"ip.in" + ip_in
          event.ip.in                                    | event.ip.in
          zip.in(1)                                      | zip.in(1)
          ip.index(1)                                    | ip.index(1)
          \"""a" ip.in""\""" + ip.in                       | \"""a" ip.in""\""" + ip_in
          """)
  void read_callsOfIpIn_areRespelledOutsideOfTexts(String written, String read) {
    assertEquals(read, Spelling.read(written));
  }
}
