package io.vigia.core.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checked expression, and how it is evaluated: compiled when it is first needed, by the
 * interpreter where it uses something rare or where a value cannot be computed.
 *
 * <p>Safe for any number of threads.
 */
final class Expression {
  private static final String PARAMETERS =
      "(Slots event, Slots features, long now, Lists lists, long arrived) { int turns = 0;\n";

  private final CelAbstractSyntaxTree ast;
  private final Scope scope;
  private final Evaluator interpreter;
  private volatile @Nullable Ready ready;

  Expression(CelAbstractSyntaxTree ast, Scope scope, Evaluator interpreter) {
    this.ast = ast;
    this.scope = scope;
    this.interpreter = interpreter;
  }

  /** The program, null where there is none, and what its bits mean. */
  private record Ready(@Nullable Program program, List<String> missing) {
    static final Ready INTERPRETED = new Ready(null, List.of());
  }

  CelAbstractSyntaxTree ast() {
    return ast;
  }

  Scope scope() {
    return scope;
  }

  Answer test(Row row) {
    Ready use = ready(true);
    Program program = use.program;
    if (program == null) {
      return interpreter.test(row);
    }
    long found;
    try {
      Event event = row.event();
      found =
          program.test(
              event.values(), row.features(), event.timeMs(), row.lists(), event.appendMs());
    } catch (RuntimeException e) {
      return interpreter.test(row);
    }
    if (found == Program.FALSE) {
      return Answer.FALSE;
    }
    return found == Program.TRUE ? Answer.TRUE : Answer.unknown(Scope.told(use.missing, found));
  }

  @Nullable Object value(Row row) {
    Program program = ready(false).program;
    if (program != null) {
      try {
        Event event = row.event();
        return program.value(
            event.values(), row.features(), event.timeMs(), row.lists(), event.appendMs());
      } catch (RuntimeException e) {
        // the interpreter knows what it means
      }
    }
    return interpreter.value(row);
  }

  /** By the interpreter alone, for comparison. */
  Answer interpret(Row row) {
    return interpreter.test(row);
  }

  /** By the interpreter alone, for comparison. */
  @Nullable Object interpretValue(Row row) {
    return interpreter.value(row);
  }

  /** Whether it is compiled, not interpreted. */
  boolean isCompiled(boolean condition) {
    return ready(condition).program != null;
  }

  private Ready ready(boolean condition) {
    Ready use = ready;
    if (use == null) {
      use = compile(condition);
      ready = use;
    }
    return use;
  }

  private Ready compile(boolean condition) {
    SourceWriter out = new SourceWriter();
    try {
      String method = condition ? conditionMethod(out) : valueMethod(out);
      List<String> missing = out.takeMissing();
      Optional<Program> program = ProgramLoader.load(method, out);
      return new Ready(program.orElse(null), missing);
    } catch (NotCompiledException e) {
      return Ready.INTERPRETED;
    }
  }

  private String conditionMethod(SourceWriter out) {
    Code code = new Translator(ast, scope, out).translate();
    if (code.kind() != Kind.BOOL) {
      throw new NotCompiledException("a condition that is no bool");
    }
    out.line("if (" + code.bits() + " != 0L) { return " + code.bits() + "; }");
    out.line("return " + code.text() + " ? -1L : 0L;");
    return "long test" + PARAMETERS + out + "}\n";
  }

  private String valueMethod(SourceWriter out) {
    Code code = new Translator(ast, scope, out).translate();
    out.line("if (" + code.bits() + " != 0L) { return null; }");
    out.line("return " + code.kind().boxed(code.text()) + ";");
    return "Object value" + PARAMETERS + out + "}\n";
  }
}
