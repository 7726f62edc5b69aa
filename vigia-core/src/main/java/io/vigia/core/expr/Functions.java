package io.vigia.core.expr;

import io.vigia.core.problem.Nearest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    written("text.charAt(0)", "charAt");
    written("text.indexOf(\"b\") or text.indexOf(\"b\", from)", "indexOf");
    written("text.lastIndexOf(\"b\") or text.lastIndexOf(\"b\", from)", "lastIndexOf");
    written("text.lowerAscii()", "lowerAscii");
    written("text.upperAscii()", "upperAscii");
    written("text.replace(\"a\", \"b\")", "replace");
    written("text.substring(from) or text.substring(from, to)", "substring");
    written("text.trim()", "trim");
    written("text.reverse()", "reverse");
    written("text.split(\",\")", "split");
    written("list.join(\",\")", "join");
    written("text.distance(other)", "distance");
    written("list.distinct()", "distinct");
    written("list.sort()", "sort");
    written("list.slice(from, to)", "slice");
    written("sets.contains(list, others)", "sets.contains");
    written("sets.intersects(list, others)", "sets.intersects");
    for (String of : "abs sign ceil floor trunc sqrt log".split(" ", -1)) {
      written("math." + of + "(x), x a number", "math." + of);
    }
    written("math.round(x) or math.round(x, places)", "math.round");
    written("math.exp(x), x a double", "math.exp");
    written("math.pow(x, y), both doubles", "math.pow");
    for (String of : "isNaN isInf isFinite".split(" ", -1)) {
      written("math." + of + "(x), x a double", "math." + of);
    }
    written("math.least(a, b), numbers of one type or decimals", "math.least");
    written("math.greatest(a, b), numbers of one type or decimals", "math.greatest");
    written("geo.km(lat1, lon1, lat2, lon2), doubles or decimals", "geo.km");
    written("ip.in(address, \"10.0.0.0/8\")", "ip_in");
    written("ip.isValid(address)", "ip.isValid");
    written("ip.version(address)", "ip.version");
    written("time.startOf(\"day\", \"Europe/Madrid\")", "startOf");
    written("time.plus(1, \"month\", \"Europe/Madrid\")", "plus");
    written("time.daysUntil(other, \"Europe/Madrid\")", "daysUntil");
    written("time.isWeekend(\"Europe/Madrid\")", "isWeekend");
    written("time.getIsoDayOfWeek(\"Europe/Madrid\"), 1 on Monday", "getIsoDayOfWeek");
    written("time.getIsoWeek(\"Europe/Madrid\")", "getIsoWeek");
    habit("write size(x)", "length len strlen cardinality");
    habit("over many events, declare a feature; of a list, write size(x)", "count");
    habit("write text.lowerAscii()", "lower toLowerCase lowercase lcase");
    habit("write text.upperAscii()", "upper toUpperCase uppercase ucase");
    habit("write a.lowerAscii() == b.lowerAscii()", "equalsIgnoreCase");
    habit("write math.abs(x)", "abs fabs");
    habit("of two, write math.greatest(a, b); over many events, declare a feature", "max greatest");
    habit("of two, write math.least(a, b); over many events, declare a feature", "min least");
    habit("what is computed over many events is a feature", "sum avg mean average median stddev");
    habit("write math.round(x), math.floor(x) or math.ceil(x)", "round floor ceil trunc");
    habit("write math.sqrt(x)", "sqrt");
    habit("write math.pow(x, y)", "pow power");
    habit("write math.log(x) or math.exp(x)", "log ln exp");
    habit("for the remainder, write %", "mod");
    habit("write geo.km(lat1, lon1, lat2, lon2)", "haversine geo_distance geoDistance");
    habit("write ip.in(address, \"10.0.0.0/8\")", "inCidr cidr cidr_match inNetwork");
    habit("write double(x)", "float real toDouble");
    habit("write string(x)", "str toString text to_string");
    habit("write decimal(x)", "number numeric bigdecimal BigDecimal money");
    habit("write int(x)", "integer long toInt");
    habit("write timestamp(\"2026-01-31T12:00:00Z\")", "date datetime time to_timestamp parse");
    habit("the event's time is now, without parentheses", "today current_timestamp sysdate");
    habit("write text.substring(from, to)", "substr left right mid slice");
    habit("write text.trim()", "strip");
    habit("write a + b", "concat");
    habit("a reason has formats, such as {{x|0.00}}; texts are joined by +", "format sprintf");
    habit("write a.distance(b)", "levenshtein similarity");
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
    habit("write getIsoDayOfWeek(), 1 on Monday", "weekday dayOfWeek getWeekday");
    habit("write startOf(\"day\", \"Europe/Madrid\")", "truncate trunc_time startOfDay");
    habit("write plus(1, \"day\", \"Europe/Madrid\")", "plusDays plusMonths addDays");
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

  /** The functions whose names begin alike, such as {@code math.}, or an empty text. */
  private static String allOf(String library) {
    return WRITTEN.keySet().stream()
        .map(Spelling::written)
        .filter(name -> name.startsWith(library))
        .map(name -> name.substring(library.length()))
        .collect(Collectors.joining(", "));
  }

  /** Whether functions begin with this name and a dot. */
  static boolean isLibrary(String name) {
    return !allOf(name + ".").isEmpty();
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
    int dot = name.indexOf('.');
    String all = dot < 0 ? "" : allOf(name.substring(0, dot + 1));
    if (!all.isEmpty()) {
      return name.substring(0, dot) + " has " + all;
    }
    String habit = HABITS.get(name);
    if (habit != null) {
      return habit;
    }
    return Nearest.of(name, WRITTEN.keySet())
        .or(
            () ->
                WRITTEN.keySet().stream()
                    .map(Spelling::written)
                    .filter(known -> known.endsWith("." + name))
                    .findFirst())
        .map(near -> "did you mean '" + near + "'?")
        .orElse("docs/language.md lists the functions there are");
  }
}
