package io.vigia.core.expr;

import java.util.Random;

/**
 * Well-typed expressions at random, over a stream with fields {@code s i d m b t} and optional ones
 * {@code os oi od om ob ot}, variables {@code count}, {@code mean}, {@code prev.m}, {@code prev.s},
 * and lists {@code words}, {@code sizes}, {@code prices}.
 */
final class RandomExpression {
  private final Random random;

  RandomExpression(Random random) {
    this.random = random;
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** What only the interpreter knows is not to be most of what is compared. */
  private String rarely(String interpreted, String otherwise) {
    return random.nextInt(12) == 0 ? interpreted : otherwise;
  }

  private String of(String form, String... parts) {
    return form.formatted((Object[]) parts);
  }

  String bool(int depth) {
    if (depth == 0) {
      return any(
          "event.b", "event.ob", "true", "false", "has(event.oi)", "has(prev.m)", "has(event.i)");
    }
    int next = depth - 1;
    return switch (random.nextInt(19)) {
      case 0, 1 -> of("(%s && %s)", bool(next), bool(next));
      case 2, 3 -> of("(%s || %s)", bool(next), bool(next));
      case 4 -> of("!(%s)", bool(next));
      case 5 -> of("(%s ? %s : %s)", bool(next), bool(next), bool(next));
      case 6 -> of("%s %s %s", integer(next), comparison(), any(integer(next), real(next)));
      case 7 -> of("%s %s %s", real(next), comparison(), any(integer(next), real(next)));
      case 8 ->
          of(
              "%s %s %s",
              decimal(next), comparison(), any(integer(next), real(next), decimal(next)));
      case 9 -> of("%s %s %s", any(integer(next), real(next)), comparison(), decimal(next));
      case 10 -> of("%s %s %s", text(next), any(comparison(), "==", "!="), text(next));
      case 11 -> of("%s %s %s", time(next), any(comparison(), "==", "!="), time(next));
      case 12 -> of("%s %s %s", duration(next), any(comparison(), "=="), duration(next));
      case 13 -> equality(next);
      case 14 -> membership(next);
      case 16 ->
          any(
              of("math.%s(%s)", any("isNaN", "isInf", "isFinite"), real(next)),
              of("%s.isWeekend(%s)", time(next), zone()));
      case 17 ->
          any(
              of("ip.in(%s, %s)", address(), network()),
              rarely(
                  of("sets.intersects(%s.split(\"b\"), lists.words)", text(0)),
                  of("ip.isValid(%s)", address())));
      case 15 -> of("%s.%s(%s)", text(0), any("contains", "startsWith", "endsWith"), text(0));
      default ->
          any(
              of("%s.matches(\"^[a-m]+\")", text(0)),
              of(
                  "lists.sizes.%s(e, e %s %s)",
                  any("exists", "all", "exists_one"), comparison(), integer(0)),
              of("lists.words.exists(e, e == %s || %s)", text(0), bool(0)),
              of("lists.sizes.all(e, lists.sizes.exists(f, e + f > %s))", integer(0)));
    };
  }

  /** A conjunction with a comparison by which an index can find it. */
  String indexable() {
    String access =
        switch (random.nextInt(10)) {
          case 7 ->
              of("%s <= event.d && event.d < %s", any("-1.5", "0.0", "2.5"), any("2.5", "7.0"));
          case 8 -> of("mean > %s && (mean <= %s)", any("-0.1", "2.5"), any("2.5", "3", "10"));
          case 9 -> of("event.oi >= %s && event.oi in [%s, 2, 100]", any("2", "7"), any("7", "-3"));
          case 0 -> of("event.s == %s", any("\"x\"", "\"abc\"", "\"q\""));
          case 1 -> of("%s == event.os", any("\"x\"", "\"b\""));
          case 2 -> of("event.oi %s %s", any(comparison(), "=="), any("7", "-3", "2", "100"));
          case 3 -> of("%s %s event.d", any("2.5", "-1.5", "0.0", "7.0"), comparison());
          case 4 -> of("mean %s %s", comparison(), any("2.5", "3", "10", "-0.1"));
          case 5 -> of("event.s in [%s, \"abc\"]", any("\"x\"", "\"y\""));
          default -> of("count in [%s, 7]", any("1", "2", "100"));
        };
    return random.nextBoolean()
        ? of("%s && %s", access, bool(random.nextInt(2)))
        : of("%s && %s", bool(random.nextInt(2)), access);
  }

  private String comparison() {
    return any("<", "<=", ">", ">=");
  }

  private String equality(int depth) {
    String sign = any("==", "!=");
    return switch (random.nextInt(4)) {
      case 0 -> of("%s %s %s", integer(depth), sign, integer(depth));
      case 1 -> of("%s %s %s", real(depth), sign, real(depth));
      case 2 -> of("%s %s %s", decimal(depth), sign, decimal(depth));
      default -> of("%s %s (%s)", bool(0), sign, bool(depth));
    };
  }

  private String membership(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> of("%s in lists.words", text(depth));
      case 1 -> of("%s in lists.sizes", integer(depth));
      case 2 -> of("%s in lists.prices", decimal(depth));
      case 3 -> of("%s in [1, 2, 9223372036854775807]", integer(depth));
      default -> of("%s in [\"abc\", \"x\"]", text(depth));
    };
  }

  String integer(int depth) {
    if (depth == 0) {
      return any(
          "event.i", "event.oi", "count", "0", "1", "-3", "7", "9223372036854775807", "100", "2");
    }
    int next = depth - 1;
    return switch (random.nextInt(11)) {
      case 8 ->
          any(
              of("math.%s(%s)", any("abs", "sign"), integer(next)),
              of("math.%s(%s, %s)", any("least", "greatest"), integer(next), integer(next)),
              of(
                  "math.%s(%s, %s, %s)",
                  any("least", "greatest"), integer(next), integer(0), integer(0)));
      case 9 ->
          any(
              of("%s.%s(%s)", text(next), any("indexOf", "lastIndexOf", "distance"), text(0)),
              of("%s.%s(%s, %s)", text(0), any("indexOf", "lastIndexOf"), text(0), integer(0)),
              of("%s.daysUntil(%s, %s)", time(0), time(next), zone()),
              of("%s.%s(%s)", time(next), any("getIsoDayOfWeek", "getIsoWeek"), zone()),
              of("ip.version(%s)", address()));
      case 0 -> of("(%s + %s)", integer(next), integer(next));
      case 1 -> of("(%s - %s)", integer(next), integer(next));
      case 2 -> of("(%s * %s)", integer(next), integer(next));
      case 3 -> of("(%s / %s)", integer(next), integer(next));
      case 4 -> of("(%s %% %s)", integer(next), integer(next));
      case 5 -> of("(-%s)", any("event.i", "event.oi", "count"));
      case 6 -> of("(%s ? %s : %s)", bool(next), integer(next), integer(next));
      case 7 ->
          any(
              of("size(%s)", text(next)),
              "size(lists.words)",
              of("int(%s)", any(real(next), decimal(next), time(next))));
      default ->
          any(
              of("%s.%s()", time(0), part()),
              of("%s.%s(\"Europe/Madrid\")", time(0), part()),
              of(
                  "(%s).%s()",
                  duration(0), any("getHours", "getMinutes", "getSeconds", "getMilliseconds")));
    };
  }

  private String part() {
    return any(
        "getFullYear",
        "getMonth",
        "getDate",
        "getDayOfMonth",
        "getDayOfWeek",
        "getDayOfYear",
        "getHours",
        "getMinutes",
        "getSeconds",
        "getMilliseconds");
  }

  String real(int depth) {
    if (depth == 0) {
      return any("event.d", "event.od", "0.0", "2.5", "-1.5", "1e300", "0.1");
    }
    int next = depth - 1;
    return switch (random.nextInt(7)) {
      case 3 ->
          of(
              "math.%s(%s)",
              any("abs", "sign", "ceil", "floor", "trunc", "round", "sqrt", "log", "exp"),
              real(next));
      case 4 ->
          any(
              of("math.%s(%s, %s)", any("least", "greatest", "pow"), real(next), real(next)),
              of("math.round(%s, %s)", real(next), any("0", "2", "18", "19", integer(0))),
              of("math.%s(%s)", any("sqrt", "log"), decimal(next)));
      case 5 ->
          of(
              "geo.km(%s, %s, %s, %s)",
              any("40.4", real(0), decimal(0)),
              any("-3.7", real(0), decimal(0)),
              real(next),
              any(real(0), decimal(next)));
      case 0 -> of("(%s %s %s)", real(next), any("+", "-", "*", "/"), real(next));
      case 1 -> of("(-%s)", any("event.d", "event.od"));
      case 2 -> of("double(%s)", any(integer(next), decimal(next)));
      default -> of("(%s ? %s : %s)", bool(next), real(next), real(next));
    };
  }

  String decimal(int depth) {
    if (depth == 0) {
      return any("event.m", "event.om", "mean", "prev.m", "decimal(\"2.50\")", "decimal(3)");
    }
    int next = depth - 1;
    return switch (random.nextInt(5)) {
      case 3 ->
          any(
              of(
                  "math.%s(%s)",
                  any("abs", "sign", "ceil", "floor", "trunc", "round"), decimal(next)),
              of("math.round(%s, %s)", decimal(next), any("0", "1", "6", integer(0))));
      case 4 ->
          any(
              of(
                  "math.%s(%s, %s)",
                  any("least", "greatest"), decimal(next), any(decimal(0), integer(0), real(0))),
              of(
                  "math.%s(%s, %s)",
                  any("least", "greatest"), any(integer(0), real(0)), decimal(next)));
      case 0 ->
          of(
              "(%s %s %s)",
              decimal(next),
              any("+", "-", "*", "/"),
              any(decimal(next), integer(next), real(next)));
      case 1 -> of("decimal(%s)", any(integer(next), real(next), decimal(next)));
      default -> of("(%s ? %s : %s)", bool(next), decimal(next), decimal(next));
    };
  }

  String text(int depth) {
    if (depth == 0) {
      return any("event.s", "event.os", "prev.s", "\"x\"", "\"abc\"", "\"\"", "\"\\u00e9\\\"\"");
    }
    int next = depth - 1;
    return switch (random.nextInt(6)) {
      case 3 -> of("%s.%s()", text(next), any("lowerAscii", "upperAscii", "trim", "reverse"));
      case 4 ->
          any(
              of("%s.charAt(%s)", text(next), integer(0)),
              of("%s.substring(%s)", text(next), integer(0)),
              of("%s.substring(%s, %s)", text(next), any("0", "1"), any("1", "2", integer(0))),
              of("%s.replace(%s, %s)", text(next), text(0), text(0)),
              of("%s.replace(%s, %s, %s)", text(next), text(0), text(0), integer(0)));
      case 5 ->
          rarely(
              any(
                  of("%s.split(%s).join(%s)", text(next), text(0), text(0)),
                  of("%s.split(%s, %s).distinct().sort().join()", text(0), text(0), integer(0))),
              of("%s.lowerAscii().charAt(%s)", text(next), any("0", "1", integer(0))));
      case 0 -> of("(%s + %s)", text(next), text(next));
      case 1 -> of("string(%s)", any(integer(next), decimal(next), bool(next)));
      default -> of("(%s ? %s : %s)", bool(next), text(next), text(next));
    };
  }

  String time(int depth) {
    if (depth == 0) {
      return any("event.t", "event.ot", "now", "timestamp(\"2026-03-29T00:59:59.5Z\")");
    }
    return switch (random.nextInt(3)) {
      case 0 -> of("%s.startOf(%s, %s)", time(depth - 1), unit(), zone());
      case 1 -> of("%s.plus(%s, %s, %s)", time(depth - 1), integer(0), unit(), zone());
      default -> of("(%s %s %s)", time(depth - 1), any("+", "-"), duration(depth - 1));
    };
  }

  private String zone() {
    return rarely(text(0), any("\"Europe/Madrid\"", "\"UTC\"", "\"-03:30\""));
  }

  private String unit() {
    return any("\"hour\"", "\"day\"", "\"week\"", "\"month\"", "\"year\"");
  }

  private String address() {
    return any("\"10.1.2.3\"", "\"::ffff:10.1.2.3\"", "\"2001:db8::1\"", "\"10.1.2\"", text(0));
  }

  private String network() {
    return rarely(text(0), any("\"10.0.0.0/8\"", "\"2001:db8::/32\"", "\"0.0.0.0/0\""));
  }

  String duration(int depth) {
    if (depth == 0) {
      return any(
          "duration(\"90s\")", "duration(\"36h\")", "(event.t - event.ot)", "(now - event.t)");
    }
    return of("(%s %s %s)", duration(depth - 1), any("+", "-"), duration(depth - 1));
  }
}
