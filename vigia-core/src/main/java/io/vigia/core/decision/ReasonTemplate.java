package io.vigia.core.decision;

import io.vigia.core.event.Row;
import io.vigia.core.expr.CompiledValue;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule's reason with <code>{{expressions}}</code> to be filled in.
 *
 * <p><b>Shape.</b> <code>{{card_spend_1h}} spent in an hour</code> gives {@code 5210.5 spent in an
 * hour}. A missing value is written as a question mark.
 */
final class ReasonTemplate {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  /** Digits behind the point that a person wants to read. */
  private static final int PLACES = 4;

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
      int close = template.indexOf(CLOSE, open);
      if (close < 0) {
        problems.add(
            ProblemCode.EXPR_SYNTAX,
            placeOf(text, open),
            "'{{' without '}}'",
            "close the expression with }}");
        break;
      }
      int start = open + OPEN.length();
      Text expression =
          new Text(template.substring(start, close), placeOf(text, start), text.continuation());
      Optional<CompiledValue> value = compiler.value(expression, problems);
      value.ifPresent(
          compiled -> {
            parts.add(compiled);
            reads.addAll(compiled.reads());
          });
      at = close + CLOSE.length();
    }
    return new ReasonTemplate(parts, reads);
  }

  private static io.vigia.core.problem.Place placeOf(Text text, int position) {
    String before = text.value().substring(0, position);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return text.at(line, position - (before.lastIndexOf('\n') + 1));
  }

  String fill(Row row) {
    if (parts.size() == 1 && parts.get(0) instanceof String constant) {
      return constant;
    }
    StringBuilder filled = new StringBuilder();
    for (Object part : parts) {
      filled.append(part instanceof CompiledValue value ? format(value.of(row)) : part);
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
      BigDecimal shown =
          decimal.scale() > PLACES && decimal.abs().compareTo(TINY) >= 0
              ? decimal.setScale(PLACES, RoundingMode.HALF_EVEN)
              : decimal;
      return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }
}
