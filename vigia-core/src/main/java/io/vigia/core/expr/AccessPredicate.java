package io.vigia.core.expr;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of a slot with constants, without which a condition cannot be true.
 *
 * <p><b>Shape.</b> {@code sign} is {@code ==} with one or more values, or one of the four orders
 * with exactly one; values are {@link String}, {@link Long}, {@link Double} or {@link BigDecimal},
 * as the slot's kind says.
 */
record AccessPredicate(Scope.Slot slot, String sign, List<Object> values) {
  private static final int VALUES_MAX = 16;

  boolean isEquality() {
    return sign.equals("==");
  }

  /** All that a condition offers. */
  static List<AccessPredicate> of(Expression expression) {
    List<AccessPredicate> found = new ArrayList<>();
    collect(expression.ast().getExpr(), expression.scope(), found);
    return found;
  }

  private static void collect(CelExpr expr, Scope scope, List<AccessPredicate> found) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return;
    }
    CelCall call = expr.call();
    List<CelExpr> args = call.args();
    switch (call.function()) {
      case "_&&_" -> args.forEach(side -> collect(side, scope, found));
      case "_==_" -> add(scope, args.get(0), "==", List.of(args.get(1)), found);
      case "_<_" -> add(scope, args.get(0), "<", List.of(args.get(1)), found);
      case "_<=_" -> add(scope, args.get(0), "<=", List.of(args.get(1)), found);
      case "_>_" -> add(scope, args.get(0), ">", List.of(args.get(1)), found);
      case "_>=_" -> add(scope, args.get(0), ">=", List.of(args.get(1)), found);
      case "@in" -> {
        if (args.get(1).getKind() == CelExpr.ExprKind.Kind.LIST) {
          add(scope, args.get(0), "==", args.get(1).list().elements(), found);
        }
      }
      default -> {}
    }
  }

  private static void add(
      Scope scope, CelExpr left, String sign, List<CelExpr> right, List<AccessPredicate> found) {
    Scope.Slot slot = slotOf(left, scope);
    if (slot == null && right.size() == 1 && slotOf(right.get(0), scope) != null) {
      add(scope, right.get(0), mirrored(sign), List.of(left), found);
      return;
    }
    if (slot == null || right.isEmpty() || right.size() > VALUES_MAX) {
      return;
    }
    List<Object> values = new ArrayList<>();
    for (CelExpr each : right) {
      Object value = valueOf(each, slot.kind());
      if (value == null) {
        return;
      }
      values.add(value);
    }
    if (isIndexed(slot.kind(), sign.equals("=="))) {
      found.add(new AccessPredicate(slot, sign, List.copyOf(values)));
    }
  }

  /** Equality among doubles and decimals is no matter of their bits; texts are rarely in order. */
  private static boolean isIndexed(Kind kind, boolean equality) {
    return switch (kind) {
      case STRING -> equality;
      case INT -> true;
      case DOUBLE, DECIMAL -> !equality;
      default -> false;
    };
  }

  private static String mirrored(String sign) {
    return switch (sign) {
      case "<" -> ">";
      case "<=" -> ">=";
      case ">" -> "<";
      case ">=" -> "<=";
      default -> sign;
    };
  }

  private static Scope.@Nullable Slot slotOf(CelExpr expr, Scope scope) {
    try {
      return switch (expr.getKind()) {
        case IDENT -> scope.variable(expr.ident().name());
        case SELECT -> {
          String path = expr.select().testOnly() ? null : Operand.path(expr);
          yield path == null ? null : scope.slot(path);
        }
        default -> null;
      };
    } catch (NotCompiledException e) {
      return null;
    }
  }

  private static @Nullable Object valueOf(CelExpr expr, Kind kind) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return null;
    }
    CelConstant constant = expr.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE -> kind == Kind.STRING ? constant.stringValue() : null;
      case INT64_VALUE ->
          switch (kind) {
            case INT -> constant.int64Value();
            case DECIMAL -> BigDecimal.valueOf(constant.int64Value());
            default -> null;
          };
      case DOUBLE_VALUE ->
          switch (kind) {
            case DOUBLE -> constant.doubleValue();
            case DECIMAL ->
                Double.isFinite(constant.doubleValue())
                    ? BigDecimal.valueOf(constant.doubleValue())
                    : null;
            default -> null;
          };
      default -> null;
    };
  }
}
