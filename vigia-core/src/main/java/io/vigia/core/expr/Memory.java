package io.vigia.core.expr;

import dev.cel.common.ast.CelExpr;
import io.vigia.core.expr.SourceWriter.Captured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The local variables of a method that keep what several of its conditions share: computed where it
 * is first needed, not before.
 */
final class Memory {
  static final Memory NONE = new Memory(null);

  private final @Nullable SharedParts shared;
  private final Map<String, Cell> cells = new HashMap<>();
  private final List<String> declarations = new ArrayList<>();

  Memory(@Nullable SharedParts shared) {
    this.shared = shared;
  }

  private record Cell(String known, Code code) {}

  boolean isShared(CelExpr expr) {
    return shared != null && shared.isShared(expr);
  }

  /** Writes what computes the part unless that was done, and gives where it is kept. */
  Code remembered(CelExpr expr, SourceWriter out, Supplier<Code> anew) {
    String text = SharedParts.textOf(expr);
    Captured<Code> computed = out.capture(anew);
    Code code = computed.value();
    Cell cell = cells.computeIfAbsent(text, absent -> cell(code, out));
    String missing = cell.code.missing();
    out.line("if (!" + cell.known + ") {");
    out.append(computed.statements());
    out.line(cell.known + " = true;");
    if (missing == null) {
      out.line(cell.code.text() + " = " + code.text() + ";");
    } else {
      out.line(missing + " = " + code.bits() + ";");
      out.line("if (" + missing + " == 0L) { " + cell.code.text() + " = " + code.text() + "; }");
    }
    out.line("}");
    return cell.code;
  }

  private Cell cell(Code code, SourceWriter out) {
    String known = out.fresh("k");
    String value = out.fresh("v");
    String missing = code.isSure() ? null : out.fresh("m");
    Kind kind = code.kind();
    declarations.add("boolean " + known + " = false;");
    declarations.add(kind.javaType() + " " + value + " = " + kind.zero() + ";");
    if (missing != null) {
      declarations.add("long " + missing + " = 0L;");
    }
    return new Cell(known, new Code(kind, value, missing, null));
  }

  /** The variables, for the beginning of the method. */
  String declarations() {
    return String.join("\n", declarations) + "\n";
  }
}
