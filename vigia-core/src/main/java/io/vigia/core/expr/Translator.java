package io.vigia.core.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import io.vigia.core.expr.SourceWriter.Captured;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates one checked expression to Java, keeping CEL's meaning.
 *
 * <p><b>Errors.</b> {@link NotCompiledException} for what is left to the interpreter.
 */
final class Translator {
  /*
   * A value that may be missing is two things: a variable with the bits of what it lacks, and an expression that may
   * be evaluated where that variable is 0. A strict operation lacks what its operands lack. && and || look at their
   * right side only when their left one does not decide, as CEL's do, and lack what both lack when neither decides.
   */
  private final CelAbstractSyntaxTree ast;
  private final Scope scope;
  private final SourceWriter out;
  private final Operations operations;
  private final Map<String, Code> locals = new HashMap<>();
  private final Memory memory;

  Translator(CelAbstractSyntaxTree ast, Scope scope, SourceWriter out) {
    this(ast, scope, out, Memory.NONE);
  }

  /**
   * @param memory what conditions before it in the same method have computed
   */
  Translator(CelAbstractSyntaxTree ast, Scope scope, SourceWriter out, Memory memory) {
    this.ast = ast;
    this.scope = scope;
    this.out = out;
    this.memory = memory;
    this.operations = new Operations(this, out);
  }

  /** Translates the whole expression; the statements it needs are written before. */
  Code translate() {
    return translate(ast.getExpr());
  }

  Code translate(CelExpr expr) {
    // Inside a loop a part may hang on the loop's own variable.
    return locals.isEmpty() && memory.isShared(expr)
        ? memory.remembered(expr, out, () -> translateAnew(expr))
        : translateAnew(expr);
  }

  private Code translateAnew(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> constant(expr.constant());
      case IDENT -> ident(expr.ident().name());
      case SELECT -> select(expr.select());
      case CALL -> call(expr);
      case COMPREHENSION -> new Loop(this, out, locals).translate(expr.comprehension());
      default -> throw new NotCompiledException(expr.getKind().name());
    };
  }

  CelAbstractSyntaxTree ast() {
    return ast;
  }

  /** The kind of an expression by its checked type. */
  Kind kindOf(CelExpr expr) {
    Kind kind = ast.getType(expr.id()).map(Kind::of).orElse(null);
    if (kind == null) {
      throw new NotCompiledException("a value without a kind");
    }
    return kind;
  }

  private Code constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE ->
          Code.constant(
              Kind.BOOL, String.valueOf(constant.booleanValue()), constant.booleanValue());
      case INT64_VALUE -> operations.literal(Kind.INT, constant.int64Value());
      case DOUBLE_VALUE -> operations.literal(Kind.DOUBLE, constant.doubleValue());
      case STRING_VALUE -> operations.literal(Kind.STRING, constant.stringValue());
      default -> throw new NotCompiledException("a constant");
    };
  }

  private Code ident(String name) {
    Code local = locals.get(name);
    if (local != null) {
      return local;
    }
    if (name.equals(Names.NOW)) {
      return Code.sure(Kind.TIME, "now");
    }
    return slot(scope.variable(name));
  }

  private Code select(CelSelect select) {
    if (select.operand().getKind() == CelExpr.ExprKind.Kind.IDENT
        && locals.containsKey(select.operand().ident().name())) {
      throw new NotCompiledException("a part of a local value");
    }
    String path = pathOf(select.operand()) + "." + select.field();
    if (path.startsWith(Names.LISTS + ".")) {
      return select.testOnly()
          ? Code.constant(Kind.BOOL, "true", true)
          : operations.list(scope.list(select.field()));
    }
    Scope.Slot slot = scope.slot(path);
    if (select.testOnly()) {
      return slot.optional()
          ? Code.sure(Kind.BOOL, slot.slots() + ".has(" + slot.index() + ")")
          : Code.constant(Kind.BOOL, "true", true);
    }
    return slot(slot);
  }

  /** The pipeline's list that an expression names; null when it is something else. */
  @Nullable ValueList listOf(CelExpr expr) {
    boolean named =
        expr.getKind() == CelExpr.ExprKind.Kind.SELECT
            && !expr.select().testOnly()
            && expr.select().operand().getKind() == CelExpr.ExprKind.Kind.IDENT
            && expr.select().operand().ident().name().equals(Names.LISTS)
            && !locals.containsKey(Names.LISTS);
    return named ? scope.list(expr.select().field()) : null;
  }

  private static String pathOf(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> expr.ident().name();
      case SELECT -> pathOf(expr.select().operand()) + "." + expr.select().field();
      default -> throw new NotCompiledException("a part of a computed value");
    };
  }

  private Code slot(Scope.Slot slot) {
    String read = slot.kind().read(slot.slots(), slot.index());
    String packed =
        slot.kind() == Kind.DECIMAL ? slot.slots() + ".number(" + slot.index() + ")" : null;
    if (!slot.optional()) {
      return Code.sure(slot.kind(), read).packedAs(packed);
    }
    String missing = out.fresh("m");
    out.line(
        "long %s = %s.has(%d) ? 0L : %s;"
            .formatted(missing, slot.slots(), slot.index(), out.bit(slot.path())));
    return new Code(slot.kind(), read, missing, null, packed);
  }

  private Code call(CelExpr expr) {
    CelCall call = expr.call();
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "_&&_" -> logic(args.get(0), args.get(1), true);
      case "_||_" -> logic(args.get(0), args.get(1), false);
      case "_?_:_" -> choice(expr, args.get(0), args.get(1), args.get(2));
      case "@not_strictly_false" -> notStrictlyFalse(translate(args.get(0)));
      default -> operations.translate(expr, call);
    };
  }

  private static Code notStrictlyFalse(Code condition) {
    return Code.sure(Kind.BOOL, condition.unlessFalse());
  }

  /** {@code &&} or {@code ||}. */
  private Code logic(CelExpr first, CelExpr second, boolean and) {
    Code a = bool(translate(first));
    Captured<Code> right = out.capture(() -> bool(translate(second)));
    Code b = right.value();
    if (a.isSure() && b.isSure() && right.statements().isEmpty()) {
      return Code.sure(Kind.BOOL, "(" + a.text() + (and ? " && " : " || ") + b.text() + ")");
    }
    String value = out.fresh("v");
    String missing = out.fresh("m");
    out.line("boolean " + value + " = false; long " + missing + " = 0L;");
    if (and) {
      out.line("if (" + a.unlessFalse() + ") {");
      out.append(right.statements());
      out.line("if (" + b.unlessFalse() + ") {");
      out.line(missing + " = " + a.bits() + " | " + b.bits() + ";");
      out.line(value + " = " + missing + " == 0L; } }");
    } else {
      out.line("if (" + a.ifTrue() + ") { " + value + " = true; } else {");
      out.append(right.statements());
      out.line("if (" + b.ifTrue() + ") { " + value + " = true; } else {");
      out.line(missing + " = " + a.bits() + " | " + b.bits() + "; } }");
    }
    return new Code(Kind.BOOL, value, a.isSure() && b.isSure() ? null : missing, null);
  }

  private Code choice(CelExpr whole, CelExpr condition, CelExpr first, CelExpr second) {
    Code test = bool(translate(condition));
    Captured<Code> yes = out.capture(() -> translate(first));
    Captured<Code> no = out.capture(() -> translate(second));
    Kind kind = kindOf(whole);
    if (yes.value().kind() != kind || no.value().kind() != kind) {
      throw new NotCompiledException("a choice of two kinds");
    }
    boolean sure = yes.value().isSure() && no.value().isSure();
    if (sure && test.isSure() && yes.statements().isEmpty() && no.statements().isEmpty()) {
      return Code.sure(
          kind, "(" + test.text() + " ? " + yes.value().text() + " : " + no.value().text() + ")");
    }
    String value = out.fresh("v");
    String missing = out.fresh("m");
    out.line(kind.javaType() + " " + value + " = " + kind.zero() + ";");
    out.line("long " + missing + " = " + test.bits() + ";");
    out.line("if (" + missing + " == 0L) { if (" + test.text() + ") {");
    branch(yes, value, missing);
    out.line("} else {");
    branch(no, value, missing);
    out.line("} }");
    return new Code(kind, value, missing, null);
  }

  private void branch(Captured<Code> branch, String value, String missing) {
    out.append(branch.statements());
    Code code = branch.value();
    out.line(missing + " = " + code.bits() + ";");
    out.line("if (" + missing + " == 0L) { " + value + " = " + code.text() + "; }");
  }

  private static Code bool(Code code) {
    if (code.kind() != Kind.BOOL) {
      throw new NotCompiledException("a condition that is no bool");
    }
    return code;
  }
}
