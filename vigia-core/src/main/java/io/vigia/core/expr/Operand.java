package io.vigia.core.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a parsed expression: its type where that is known, and how its author wrote it. */
record Operand(String type, @Nullable CelExpr expr) {

  boolean isNumber() {
    return type.equals("int") || type.equals("double") || type.equals("decimal");
  }

  boolean isString() {
    return type.equals("string");
  }

  boolean isTime() {
    return type.endsWith(".Timestamp");
  }

  boolean isSpan() {
    return type.endsWith(".Duration");
  }

  boolean isNull() {
    return type.contains("null");
  }

  boolean isBool() {
    return type.equals("bool");
  }

  boolean isList() {
    return type.startsWith("list(");
  }

  boolean hasParts() {
    return type.endsWith(Names.TYPE_MARK);
  }

  /** The name whose parts it has, {@code event}. */
  String nameWithParts() {
    return type.substring(0, type.length() - Names.TYPE_MARK.length());
  }

  /** The type as pipeline files call it. */
  String typeWord() {
    return typeWord(type);
  }

  static String typeWord(String type) {
    String word =
        type.replace("google.protobuf.Timestamp", "timestamp")
            .replace("google.protobuf.Duration", "duration")
            .replace("null_type", "null")
            .replaceAll("[A-Za-z_0-9.]+" + Names.TYPE_MARK, "something with parts");
    return word.startsWith("list(") && word.endsWith(")")
        ? "list of " + typeWord(word.substring(5, word.length() - 1))
        : word;
  }

  boolean isLiteral() {
    return expr != null && expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT;
  }

  /** The value of a literal text, or null. */
  @Nullable String literalText() {
    return expr != null
            && expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? expr.constant().stringValue()
        : null;
  }

  /** Whether it is a comparison itself, as in {@code a < b < c}. */
  boolean isComparison() {
    return expr != null
        && expr.getKind() == CelExpr.ExprKind.Kind.CALL
        && expr.call().function().matches("_[<>]=?_");
  }

  /** How its author wrote it, where that is short: a name, a part or a literal; otherwise x. */
  String written() {
    String written = expr == null ? null : written(expr);
    return written == null ? "x" : written;
  }

  private static @Nullable String written(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> expr.ident().name();
      case SELECT -> {
        String operand = written(expr.select().operand());
        yield operand == null || expr.select().testOnly()
            ? null
            : operand + "." + expr.select().field();
      }
      case CONSTANT -> written(expr.constant());
      default -> null;
    };
  }

  private static @Nullable String written(CelConstant constant) {
    return switch (constant.getKind()) {
      case INT64_VALUE -> Long.toString(constant.int64Value());
      case DOUBLE_VALUE -> Double.toString(constant.doubleValue());
      case BOOLEAN_VALUE -> Boolean.toString(constant.booleanValue());
      case STRING_VALUE -> "\"" + constant.stringValue() + "\"";
      default -> null;
    };
  }

  /** The path that selections from a name are, {@code tables.customers.tier}; null for others. */
  static @Nullable String path(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> expr.ident().name();
      case SELECT -> {
        String of = path(expr.select().operand());
        yield of == null ? null : of + "." + expr.select().field();
      }
      default -> null;
    };
  }

  /** All parts of an expression by their id. */
  static Map<Long, CelExpr> byId(CelAbstractSyntaxTree ast) {
    Map<Long, CelExpr> found = new HashMap<>();
    Deque<CelExpr> open = new ArrayDeque<>();
    open.add(ast.getExpr());
    while (!open.isEmpty()) {
      CelExpr expr = open.remove();
      found.put(expr.id(), expr);
      switch (expr.getKind()) {
        case SELECT -> open.add(expr.select().operand());
        case CALL -> {
          expr.call().target().ifPresent(open::add);
          open.addAll(expr.call().args());
        }
        case LIST -> open.addAll(expr.list().elements());
        case MAP ->
            expr.map()
                .entries()
                .forEach(
                    entry -> {
                      open.add(entry.key());
                      open.add(entry.value());
                    });
        case COMPREHENSION -> {
          open.add(expr.comprehension().iterRange());
          open.add(expr.comprehension().accuInit());
          open.add(expr.comprehension().loopCondition());
          open.add(expr.comprehension().loopStep());
          open.add(expr.comprehension().result());
        }
        default -> {}
      }
    }
    return found;
  }
}
