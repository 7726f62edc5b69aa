package io.vigia.core.expr;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import io.vigia.core.expr.SourceWriter.Captured;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates {@code exists}, {@code all} and {@code exists_one} over lists to loops. */
final class Loop {
  private final Translator translator;
  private final SourceWriter out;
  private final Map<String, Code> locals;

  Loop(Translator translator, SourceWriter out, Map<String, Code> locals) {
    this.translator = translator;
    this.out = out;
    this.locals = locals;
  }

  Code translate(CelComprehension loop) {
    if (!loop.iterVar2().isEmpty()) {
      throw new NotCompiledException("a loop with two variables");
    }
    Code range = translator.translate(loop.iterRange());
    Kind element = elementOf(loop.iterRange());
    if (range.kind() != Kind.LIST || element == null) {
      throw new NotCompiledException("a loop over something else than a list");
    }
    Code start = translator.translate(loop.accuInit());
    if (!start.isSure() || (start.kind() != Kind.BOOL && start.kind() != Kind.INT)) {
      throw new NotCompiledException("a loop that makes a list");
    }
    String value = out.fresh("v");
    String missing = out.fresh("m");
    String index = out.fresh("i");
    String each = out.fresh("e");
    out.line(start.kind().javaType() + " " + value + " = " + start.text() + ";");
    out.line("long " + missing + " = 0L;");
    Code accumulated = new Code(start.kind(), value, missing, null);
    Code outerElement = locals.put(loop.iterVar(), Code.sure(element, each));
    Code outerValue = locals.put(loop.accuVar(), accumulated);
    try {
      body(loop, range, element, index, each, value, missing);
      locals.remove(loop.iterVar());
      return translator.translate(loop.result());
    } finally {
      restore(loop.iterVar(), outerElement);
      restore(loop.accuVar(), outerValue);
    }
  }

  private void body(
      CelComprehension loop,
      Code range,
      Kind element,
      String index,
      String each,
      String value,
      String missing) {
    out.line("for (int %1$s = 0; %1$s < %2$s.size(); %1$s++) {".formatted(index, range.text()));
    out.line("Calls.checkTurns(++turns);");
    String object = range.text() + ".get(" + index + ")";
    out.line(element.javaType() + " " + each + " = " + element.unboxed(object) + ";");
    Captured<Code> goesOn = out.capture(() -> translator.translate(loop.loopCondition()));
    out.append(goesOn.statements());
    out.line("if (!(" + goesOn.value().ifTrue() + ")) { break; }");
    Code step = translator.translate(loop.loopStep());
    String next = out.fresh("m");
    out.line("long " + next + " = " + step.bits() + ";");
    out.line(
        "%1$s = %2$s == 0L ? %3$s : %4$s;".formatted(value, next, step.text(), step.kind().zero()));
    out.line(missing + " = " + next + "; }");
  }

  private void restore(String name, @Nullable Code outer) {
    if (outer == null) {
      locals.remove(name);
    } else {
      locals.put(name, outer);
    }
  }

  private @Nullable Kind elementOf(CelExpr range) {
    CelType type = translator.ast().getType(range.id()).orElse(null);
    return type instanceof ListType list && list.hasElemType() ? Kind.of(list.elemType()) : null;
  }
}
