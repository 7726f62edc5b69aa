package io.vigia.core.expr;

import io.vigia.core.problem.Nearest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The functions of expressions, how each is written, and what people look for under other names.
 */
final class Functions {
  private static final Map<String, String> WRITTEN = new LinkedHashMap<>();
  private static final Map<String, String> HABITS = new HashMap<>();

  static {
    written("size(x), x a text or a list", "size");
    written("int(x), x a number, a text or a timestamp", "int");
    written("double(x), x a number or a text", "double");
    written("string(x), x a number, a bool, a timestamp or a duration", "string");
    written("bool(x), x a text", "bool");
    written("decimal(x), x a number or a text such as \"19.99\"", "decimal");
    written("duration(\"30m\")", "duration");
    written("timestamp(\"2026-01-31T12:00:00Z\")", "timestamp");
    written("has(event.<field>), the field an optional one", "has");
    written("text.contains(\"b\")", "contains");
    written("text.startsWith(\"a\")", "startsWith");
    written("text.endsWith(\"c\")", "endsWith");
    written("text.matches(\"^[0-9]+$\")", "matches");
    written("list.exists(x, x > 3)", "exists");
    written("list.all(x, x > 3)", "all");
    written("list.exists_one(x, x > 3)", "exists_one");
    written("list.filter(x, x > 3)", "filter");
    written("list.map(x, x * 2)", "map");
    for (String part :
        "FullYear Month Date DayOfMonth DayOfWeek DayOfYear Hours Minutes Seconds Milliseconds"
            .split(" ", -1)) {
      written("time.get" + part + "() or time.get" + part + "(\"Europe/Madrid\")", "get" + part);
    }
    habit("write size(x)", "length len strlen cardinality");
    habit("over many events, declare a feature; of a list, write size(x)", "count");
    habit(
        "to ignore case, write text.matches(\"(?i)^abc$\")",
        "lower upper lowerAscii upperAscii toLowerCase toUpperCase lowercase uppercase lcase"
            + " equalsIgnoreCase");
    habit("write x < 0 ? -x : x", "abs fabs");
    habit("of two, write a > b ? a : b; over many events, declare a feature", "max min");
    habit("what is computed over many events is a feature", "sum avg mean average median stddev");
    habit("int(x) cuts the fraction off; there is no other rounding", "round floor ceil trunc");
    habit("of arithmetic there are + - * / and % alone", "sqrt pow power log exp mod");
    habit("write double(x)", "float real toDouble");
    habit("write string(x)", "str toString text to_string");
    habit("write decimal(x)", "number numeric bigdecimal BigDecimal money");
    habit("write int(x)", "integer long toInt");
    habit("write timestamp(\"2026-01-31T12:00:00Z\")", "date datetime time to_timestamp parse");
    habit("the event's time is now, without parentheses", "today current_timestamp sysdate");
    habit(
        "of a text there are contains, startsWith, endsWith, matches and size",
        "substring substr left right split replace trim indexOf charAt concat join format");
    habit(
        "ask has(event.<field>), or write has(event.<field>) ? event.<field> : other",
        "isNull isnull is_null isEmpty coalesce ifnull nvl orValue defined exist_field");
    habit("write x in list", "includes isIn oneOf");
    habit("write list.exists(x, x > 3)", "any some");
    habit("write list.all(x, x > 3)", "every");
    habit("write text.matches(\"^[0-9]+$\")", "regex regexp match like rlike");
    habit(
        "a duration has getHours(), getMinutes(), getSeconds() and getMilliseconds()",
        "getDays days hours minutes seconds toMinutes getWeeks");
    habit("write getFullYear()", "getYear year");
    habit("write getDayOfWeek(), 0 on Sunday", "weekday dayOfWeek getWeekday");
  }

  private Functions() {}

  private static void written(String how, String name) {
    WRITTEN.put(name, "write " + how);
  }

  private static void habit(String help, String names) {
    for (String name : names.split(" ", -1)) {
      HABITS.put(name, help);
    }
  }

  static boolean isKnown(String name) {
    return WRITTEN.containsKey(name);
  }

  /** The function that gives a part of a time, such as its {@code hour}. */
  static Optional<String> ofTime(String part) {
    String word = part.toLowerCase(Locale.ROOT);
    return WRITTEN.keySet().stream()
        .filter(
            name -> {
              String lower = name.toLowerCase(Locale.ROOT);
              return lower.equals("get" + word)
                  || lower.equals("get" + word + "s")
                  || lower.equals("getfull" + word)
                  || lower.equals("getdayof" + word);
            })
        .findFirst();
  }

  /** How a known function is written, or null. */
  static @Nullable String written(String name) {
    return WRITTEN.get(name);
  }

  /** What to do about a function that does not exist. */
  static String helpFor(String name) {
    String habit = HABITS.get(name);
    if (habit != null) {
      return habit;
    }
    return Nearest.of(name, WRITTEN.keySet())
        .map(near -> "did you mean '" + near + "'?")
        .orElse("docs/language.md lists the functions there are");
  }
}
