package io.vigia.core.expr;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.PackedDecimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates operators and membership, each by the kinds of its operands. */
final class Operations {
  private static final long EXACT_IN_DOUBLE = 1L << 53;
  private static final String PACKED = "io.vigia.core.event.PackedDecimal.";

  private final Translator translator;
  private final SourceWriter out;
  private final FunctionCalls functions;

  Operations(Translator translator, SourceWriter out) {
    this.translator = translator;
    this.out = out;
    this.functions = new FunctionCalls(translator, this, out);
  }

  Code translate(CelExpr expr, CelCall call) {
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "!_" -> {
        Code operand = translator.translate(args.get(0));
        yield with(Kind.BOOL, "!" + operand.text(), operand);
      }
      case "_==_" -> equal(args, "");
      case "_!=_" -> equal(args, "!");
      case "_<_" -> order(args, "<");
      case "_<=_" -> order(args, "<=");
      case "_>_" -> order(args, ">");
      case "_>=_" -> order(args, ">=");
      case "_+_", "_-_", "_*_", "_/_", "_%_" -> arithmetic(call.function().charAt(1), args);
      case "-_" -> negate(translator.translate(args.get(0)));
      case "@in" -> in(args.get(0), args.get(1));
      default -> functions.translate(expr, call);
    };
  }

  Code literal(Kind kind, Object value) {
    String text =
        switch (kind) {
          case INT, TIME, DURATION ->
              value.equals(Long.MIN_VALUE) ? "Long.MIN_VALUE" : "(" + value + "L)";
          case DOUBLE ->
              "Double.longBitsToDouble(" + Double.doubleToRawLongBits((Double) value) + "L)";
          case STRING -> out.constant("String", value);
          case DECIMAL -> out.constant("java.math.BigDecimal", value);
          case BOOL -> value.toString();
          case LIST -> out.constant("ValueList", value);
        };
    Code code = Code.constant(kind, text, value);
    return value instanceof BigDecimal decimal ? code.packedAs(word(decimal)) : code;
  }

  /** A decimal of the file as one word. */
  private static String word(BigDecimal decimal) {
    long packed = PackedDecimal.of(decimal);
    return packed == PackedDecimal.WIDE ? PACKED + "WIDE" : "(" + packed + "L)";
  }

  /** A list of the pipeline as the event sees it, to be gone through or counted. */
  Code list(ValueList list) {
    String seen = out.fresh("l");
    String declared = out.constant("ValueList", list);
    out.line("ValueList " + seen + " = " + declared + ".asOf(lists, arrived, now);");
    return Code.sure(Kind.LIST, seen);
  }

  /** An operation that has a value where all its operands have one. */
  Code with(Kind kind, String text, Code... operands) {
    List<String> missing = new ArrayList<>();
    for (Code operand : operands) {
      if (operand.missing() != null && !missing.contains(operand.missing())) {
        missing.add(operand.missing());
      }
    }
    if (missing.size() < 2) {
      return new Code(kind, text, missing.isEmpty() ? null : missing.get(0), null);
    }
    String all = out.fresh("m");
    out.line("long " + all + " = " + String.join(" | ", missing) + ";");
    return new Code(kind, text, all, null);
  }

  private Code equal(List<CelExpr> args, String not) {
    Code a = translator.translate(args.get(0));
    Code b = translator.translate(args.get(1));
    return with(Kind.BOOL, not + "(" + same(a, b) + ")", a, b);
  }

  private String same(Code a, Code b) {
    if (a.kind() != b.kind()) {
      throw new NotCompiledException("equality of two kinds");
    }
    return switch (a.kind()) {
      case INT, TIME, DURATION, BOOL, DOUBLE -> a.text() + " == " + b.text();
      case STRING -> a.text() + ".equals(" + b.text() + ")";
      case DECIMAL -> decimalOrder(a, b) + " == 0";
      case LIST -> throw new NotCompiledException("equality of lists");
    };
  }

  private Code order(List<CelExpr> args, String sign) {
    Code a = translator.translate(args.get(0));
    Code b = translator.translate(args.get(1));
    if (a.kind() == Kind.DECIMAL || b.kind() == Kind.DECIMAL) {
      return with(Kind.BOOL, decimalOrder(a, b, sign), a, b);
    }
    if (a.kind() != b.kind()) {
      return with(Kind.BOOL, mixedOrder(a, b, sign), a, b);
    }
    String text =
        switch (a.kind()) {
          case INT, TIME, DURATION, DOUBLE -> "(" + a.text() + " " + sign + " " + b.text() + ")";
          case STRING -> "(" + a.text() + ".compareTo(" + b.text() + ") " + sign + " 0)";
          case BOOL -> "(Boolean.compare(" + a.text() + ", " + b.text() + ") " + sign + " 0)";
          case DECIMAL, LIST -> throw new NotCompiledException("order of lists");
        };
    return with(Kind.BOOL, text, a, b);
  }

  /** A double means its shortest decimal. */
  private String decimalOrder(Code a, Code b, String sign) {
    Code left = decimalOrNull(a);
    Code right = decimalOrNull(b);
    return left != null && right != null
        ? "(" + decimalOrder(left, right) + " " + sign + " 0)"
        : ordered((left == null ? a : left).text(), (right == null ? b : right).text(), sign);
  }

  /** The order of two decimals: by their words, and only where these do not say it in full. */
  private String decimalOrder(Code a, Code b) {
    String inFull = a.text() + ".compareTo(" + b.text() + ")";
    if (a.packed() == null || b.packed() == null) {
      return inFull;
    }
    String order = out.fresh("o");
    out.line("int " + order + ";");
    return "((%s = %sorder(%s, %s)) != %sUNKNOWN ? %s : %s)"
        .formatted(order, PACKED, a.packed(), b.packed(), PACKED, order, inFull);
  }

  /** NaN is in no order with anything, so that every comparison with it is false. */
  private static String ordered(String a, String b, String sign) {
    String none = sign.startsWith("<") ? "1" : "-1";
    return "(Calls.order(" + a + ", " + b + ", " + none + ") " + sign + " 0)";
  }

  /** A decimal or what is surely one; null for a double that is only known later. */
  private @Nullable Code decimalOrNull(Code code) {
    if (code.kind() == Kind.DOUBLE) {
      return code.constant() instanceof Double real && Double.isFinite(real)
          ? literal(Kind.DECIMAL, BigDecimal.valueOf(real))
          : null;
    }
    return decimal(code);
  }

  private String mixedOrder(Code a, Code b, String sign) {
    boolean numbers = a.kind().isNumber() && b.kind().isNumber();
    if (!numbers) {
      throw new NotCompiledException("order of two kinds");
    }
    Code exactA = exactDouble(a);
    Code exactB = exactDouble(b);
    return exactA.kind() == exactB.kind()
        ? "(" + exactA.text() + " " + sign + " " + exactB.text() + ")"
        : ordered(a.text(), b.text(), sign);
  }

  /** A whole number in the file that a double holds exactly is compared as one. */
  private Code exactDouble(Code code) {
    return code.constant() instanceof Long whole && Math.abs(whole) <= EXACT_IN_DOUBLE
        ? literal(Kind.DOUBLE, whole.doubleValue())
        : code;
  }

  private Code arithmetic(char sign, List<CelExpr> args) {
    Code a = translator.translate(args.get(0));
    Code b = translator.translate(args.get(1));
    if (a.kind() == Kind.DECIMAL || b.kind() == Kind.DECIMAL) {
      Code left = decimal(a);
      Code right = decimal(b);
      return with(
              Kind.DECIMAL,
              "Calls." + word(sign) + "(" + left.text() + ", " + right.text() + ")",
              a,
              b)
          .packedAs(packed(sign, left, right));
    }
    if (isTime(a.kind()) && isTime(b.kind())) {
      return timeArithmetic(sign, a, b);
    }
    if (a.kind() != b.kind()) {
      throw new NotCompiledException("arithmetic of two kinds");
    }
    return switch (a.kind()) {
      case INT -> with(Kind.INT, intArithmetic(sign, a, b), a, b);
      case DOUBLE -> {
        if (sign == '%') {
          throw new NotCompiledException("a remainder of doubles");
        }
        yield with(Kind.DOUBLE, "(" + a.text() + " " + sign + " " + b.text() + ")", a, b);
      }
      case STRING ->
          with(Kind.STRING, "TextFunctions.concat(" + a.text() + ", " + b.text() + ")", a, b);
      default -> throw new NotCompiledException("arithmetic");
    };
  }

  private static @Nullable String packed(char sign, Code a, Code b) {
    return a.packed() == null || b.packed() == null || sign == '/' || sign == '%'
        ? null
        : PACKED + word(sign) + "(" + a.packed() + ", " + b.packed() + ")";
  }

  private static String word(char sign) {
    return switch (sign) {
      case '+' -> "add";
      case '-' -> "subtract";
      case '*' -> "multiply";
      case '/' -> "divide";
      default -> "remainder";
    };
  }

  private static String intArithmetic(char sign, Code a, Code b) {
    String owner =
        sign == '/' || sign == '%' ? "Calls." + word(sign) : "Math." + word(sign) + "Exact";
    return owner + "(" + a.text() + ", " + b.text() + ")";
  }

  private static boolean isTime(Kind kind) {
    return kind == Kind.TIME || kind == Kind.DURATION;
  }

  private Code timeArithmetic(char sign, Code a, Code b) {
    boolean durations = a.kind() == Kind.DURATION && b.kind() == Kind.DURATION;
    boolean times = a.kind() == Kind.TIME && b.kind() == Kind.TIME;
    String text = "Math." + word(sign) + "Exact(" + a.text() + ", " + b.text() + ")";
    if (times && sign == '-') {
      return with(Kind.DURATION, "Calls.checkBetween(" + text + ")", a, b);
    }
    if (durations) {
      return with(Kind.DURATION, "Calls.checkDuration(" + text + ")", a, b);
    }
    return with(Kind.TIME, "Calls.checkTime(" + text + ")", a, b);
  }

  private Code negate(Code operand) {
    return switch (operand.kind()) {
      case INT -> with(Kind.INT, "Math.negateExact(" + operand.text() + ")", operand);
      case DOUBLE -> with(Kind.DOUBLE, "(-" + operand.text() + ")", operand);
      case DECIMAL ->
          with(Kind.DECIMAL, operand.text() + ".negate()", operand)
              .packedAs(
                  operand.packed() == null ? null : PACKED + "negate(" + operand.packed() + ")");
      default -> throw new NotCompiledException("a negative " + operand.kind());
    };
  }

  /** A number as a decimal; what it hangs on is the number's. */
  Code decimal(Code code) {
    if (code.constant() instanceof Long whole && code.kind() == Kind.INT) {
      return literal(Kind.DECIMAL, BigDecimal.valueOf(whole));
    }
    if (code.constant() instanceof Double real && Double.isFinite(real)) {
      // As Calls.decimal does, which refuses what is too long.
      BigDecimal shortest = BigDecimal.valueOf(real);
      if (DecimalFunctions.isBounded(shortest)) {
        return literal(Kind.DECIMAL, shortest);
      }
    }
    return switch (code.kind()) {
      case DECIMAL -> code;
      case INT ->
          Code.sure(Kind.DECIMAL, "java.math.BigDecimal.valueOf(" + code.text() + ")")
              .packedAs(PACKED + "of(" + code.text() + ")");
      case DOUBLE -> Code.sure(Kind.DECIMAL, "Calls.decimal(" + code.text() + ")");
      default -> throw new NotCompiledException("a decimal from a " + code.kind());
    };
  }

  private Code in(CelExpr value, CelExpr list) {
    Code member = translator.translate(value);
    ValueList named = translator.listOf(list);
    if (named != null) {
      String declared = out.constant("ValueList", named);
      return with(Kind.BOOL, declared + contains(member, ", lists, arrived, now"), member);
    }
    if (list.getKind() != CelExpr.ExprKind.Kind.LIST) {
      Code range = translator.translate(list);
      if (range.kind() != Kind.LIST) {
        throw new NotCompiledException("membership in something else than a list");
      }
      return with(Kind.BOOL, range.text() + contains(member, ""), member);
    }
    List<CelExpr> elements = list.list().elements();
    ValueList constants = constantsOf(member.kind(), elements);
    if (constants != null) {
      String constant = out.constant("ValueList", constants);
      return with(Kind.BOOL, constant + contains(member, ""), member);
    }
    throw new NotCompiledException("membership in computed values");
  }

  /** The question to a list; a value of one word is asked for without an object of it. */
  private static String contains(Code member, String more) {
    String text = member.text();
    return switch (member.kind()) {
      case INT, TIME -> ".containsWord(" + text + more + ")";
      case DOUBLE ->
          ".containsWord(io.vigia.core.event.WordTable.wordOf(" + text + ")" + more + ")";
      case STRING, DECIMAL, BOOL, DURATION, LIST ->
          ".contains(" + member.kind().boxed(text) + more + ")";
    };
  }

  private static @Nullable ValueList constantsOf(Kind kind, List<CelExpr> elements) {
    FieldType type =
        switch (kind) {
          case STRING -> FieldType.STRING;
          case INT -> FieldType.INT;
          case DOUBLE -> FieldType.DOUBLE;
          default -> null;
        };
    List<Object> values = new ArrayList<>();
    for (CelExpr element : elements) {
      Object value =
          element.getKind() == CelExpr.ExprKind.Kind.CONSTANT ? valueOf(element.constant()) : null;
      boolean fits =
          type == FieldType.STRING
              ? value instanceof String
              : type == FieldType.INT ? value instanceof Long : value instanceof Double;
      if (type == null || value == null || !fits) {
        return null;
      }
      values.add(value);
    }
    return type == null ? null : new ValueList("", type, values);
  }

  private static @Nullable Object valueOf(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> constant.stringValue();
      case INT64_VALUE -> constant.int64Value();
      case DOUBLE_VALUE -> constant.doubleValue();
      default -> null;
    };
  }
}
