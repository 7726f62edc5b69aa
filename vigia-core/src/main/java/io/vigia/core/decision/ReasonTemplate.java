package io.vigia.core.decision;

import io.vigia.core.event.Row;
import io.vigia.core.expr.CompiledValue;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule's reason with <code>{{expressions}}</code> to be filled in.
 *
 * <p><b>Shape.</b> <code>{{card_spend_1h}} spent in an hour</code> gives {@code 5210.5 spent in an
 * hour}. A missing value is written as a question mark, a number with at most four digits behind
 * the point and no trailing zeros, a duration as {@code 1h30m}; behind a bar an author can ask for
 * another {@link ReasonFormat}.
 */
final class ReasonTemplate {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  /** Digits behind the point that a person wants to read. */
  private static final int PLACES = 4;

  /** Digits before or behind the point beyond which a power of ten is easier to read. */
  private static final int LONGEST = 40;

  private static final Pattern SINGLE_BRACES =
      Pattern.compile("(?<!\\{)\\{[a-zA-Z_]\\w*(?:\\.[a-zA-Z_]\\w*)?}(?!})");

  private static final BigDecimal TINY = new BigDecimal("0.01");

  private final List<Object> parts;
  private final Set<String> reads;

  private ReasonTemplate(List<Object> parts, Set<String> reads) {
    this.parts = parts;
    this.reads = reads;
  }

  static final ReasonTemplate NONE = new ReasonTemplate(List.of(), Set.of());

  /** The names of the variables that the reason shows. */
  Set<String> reads() {
    return reads;
  }

  static ReasonTemplate compile(Text text, ExpressionCompiler compiler, Problems problems) {
    List<Object> parts = new ArrayList<>();
    Set<String> reads = new LinkedHashSet<>();
    String template = text.value();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf(OPEN, at);
      if (open < 0) {
        parts.add(template.substring(at));
        break;
      }
      parts.add(template.substring(at, open));
      int close = close(template, open + OPEN.length());
      if (close < 0) {
        problems.add(
            ProblemCode.EXPR_SYNTAX,
            placeOf(text, open),
            "'{{' without '}}'",
            "close the expression with }}");
        break;
      }
      int start = open + OPEN.length();
      int bar = bar(template, start, close);
      Text expression =
          new Text(template.substring(start, bar), placeOf(text, start), text.continuation());
      Optional<CompiledValue> value = compiler.value(expression, problems);
      ReasonFormat format =
          value.isEmpty() || bar == close
              ? null
              : format(
                  new Text(template.substring(bar + 1, close), placeOf(text, bar + 1)),
                  expression,
                  compiler,
                  problems);
      value.ifPresent(
          compiled -> {
            parts.add(new Shown(compiled, format));
            reads.addAll(compiled.reads());
          });
      at = close + CLOSE.length();
    }
    warnOfSingleBraces(text, problems);
    return new ReasonTemplate(parts, reads);
  }

  /** An expression, and how its value is written; null for the usual way. */
  private record Shown(CompiledValue value, @Nullable ReasonFormat format) {
    String of(Row row) {
      Object shown = value.of(row);
      String text = shown == null || format == null ? null : format.of(shown);
      return text == null ? ReasonTemplate.format(shown) : text;
    }
  }

  private static @Nullable ReasonFormat format(
      Text name, Text expression, ExpressionCompiler compiler, Problems problems) {
    Optional<ReasonFormat> format = ReasonFormat.named(name.value().strip());
    if (format.isEmpty()) {
      problems.add(
          ProblemCode.BAD_VALUE,
          name.place(),
          "unknown format '" + name.value().strip() + "'",
          "numbers: 0 0.00 ,0.00 0.0% EUR; durations: d h m s; times: Europe/Madrid, date UTC,"
              + " time UTC");
      return null;
    }
    ReasonFormat.Kind kind = format.get().kind();
    // Only values of the kind can be compared with its zero. The line end closes a comment.
    Text probe = new Text("(" + expression + "\n) <= " + kind.zero(), expression.place());
    if (compiler.condition(probe, new Problems()).isEmpty()) {
      problems.add(
          ProblemCode.EXPR_TYPE,
          name.place(),
          "format '" + name.value().strip() + "' is for " + kind.noun(),
          "remove it, or show a value of that type");
    }
    return format.get();
  }

  /** One brace on each side is text; where a name stands in them, two were meant. */
  private static void warnOfSingleBraces(Text text, Problems problems) {
    Matcher braces = SINGLE_BRACES.matcher(text.value());
    while (braces.find()) {
      problems.add(
          ProblemCode.REASON_BRACES,
          placeOf(text, braces.start()),
          "'" + braces.group() + "' is shown as it stands",
          "to show its value, write {" + braces.group() + "}");
    }
  }

  /** Where the format begins: the last single bar outside of a text, or {@code close}. */
  private static int bar(String template, int from, int close) {
    int bar = close;
    char quote = 0;
    for (int i = from; i < close; i++) {
      char c = template.charAt(i);
      if (quote != 0 && c == '\\') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '|' && template.charAt(i + 1) == '|') {
        i++;
      } else if (c == '|') {
        bar = i;
      }
    }
    return bar;
  }

  /** Where the expression ends that begins at {@code from}: not within a text of its own. */
  private static int close(String template, int from) {
    char quote = 0;
    for (int i = from; i < template.length(); i++) {
      char c = template.charAt(i);
      if (quote != 0 && c == '\\') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (template.startsWith(CLOSE, i)) {
        return i;
      }
    }
    return template.indexOf(CLOSE, from);
  }

  private static io.vigia.core.problem.Place placeOf(Text text, int position) {
    String before = text.value().substring(0, position);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return text.at(line, before.codePointCount(before.lastIndexOf('\n') + 1, position));
  }

  String fill(Row row) {
    if (parts.size() == 1 && parts.get(0) instanceof String constant) {
      return constant;
    }
    StringBuilder filled = new StringBuilder();
    for (Object part : parts) {
      filled.append(part instanceof Shown shown ? shown.of(row) : part);
    }
    return filled.toString();
  }

  static String format(@Nullable Object value) {
    if (value == null) {
      return "?";
    }
    if (value instanceof Double real) {
      return Double.isFinite(real) ? format(BigDecimal.valueOf(real)) : real.toString();
    }
    if (value instanceof BigDecimal decimal) {
      return format(decimal);
    }
    return value instanceof Duration duration ? format(duration) : value.toString();
  }

  private static String format(BigDecimal decimal) {
    BigDecimal rounded = decimal;
    if (decimal.scale() > PLACES) {
      rounded =
          decimal.abs().compareTo(TINY) >= 0
              ? decimal.setScale(PLACES, RoundingMode.HALF_EVEN)
              : decimal.round(new MathContext(PLACES, RoundingMode.HALF_EVEN));
    }
    if (rounded.signum() == 0) {
      return "0";
    }
    BigDecimal shown = rounded.stripTrailingZeros();
    boolean isLong = Math.max(shown.precision() - shown.scale(), shown.scale()) > LONGEST;
    return isLong ? shown.toString() : shown.toPlainString();
  }

  /** As pipeline files write it: {@code 1h30m}. */
  private static String format(Duration duration) {
    Duration rest = duration.abs();
    StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
    int sign = text.length();
    append(text, rest.toDaysPart(), "d");
    append(text, rest.toHoursPart(), "h");
    append(text, rest.toMinutesPart(), "m");
    append(text, rest.toSecondsPart(), "s");
    append(text, rest.toMillisPart(), "ms");
    return text.length() == sign ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
