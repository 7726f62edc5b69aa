package io.vigia.core.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All functions that Vigia adds to CEL's own.
 *
 * <p><b>Errors.</b> A function without a value throws; the expression then has none, unless {@code
 * &&} or {@code ||} is decided by its other side.
 */
final class Library {
  private static final Map<String, LibraryFunction> BY_ID = new LinkedHashMap<>();

  static {
    addAll(TextFunctions.class, TextFunctions.SIGNATURES);
    addAll(ListFunctions.class, ListFunctions.SIGNATURES);
    addAll(MathFunctions.class, MathFunctions.SIGNATURES);
    addAll(TimeFunctions.class, TimeFunctions.SIGNATURES);
    addAll(PlaceFunctions.class, PlaceFunctions.SIGNATURES);
  }

  private Library() {}

  private static void addAll(Class<?> owner, String signatures) {
    for (String signature : (Iterable<String>) signatures.lines()::iterator) {
      LibraryFunction function = LibraryFunction.of(owner, signature);
      if (BY_ID.put(function.id(), function) != null) {
        throw new IllegalStateException("twice in the library: " + signature);
      }
    }
  }

  private static Map<String, List<LibraryFunction>> byName() {
    Map<String, List<LibraryFunction>> byName = new LinkedHashMap<>();
    BY_ID.values().forEach(f -> byName.computeIfAbsent(f.name(), n -> new ArrayList<>()).add(f));
    return byName;
  }

  /** For CEL's checker. */
  static List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    byName()
        .forEach(
            (name, overloads) ->
                declarations.add(
                    CelFunctionDecl.newFunctionDeclaration(
                        name,
                        overloads.stream()
                            .map(LibraryFunction::declaration)
                            .toArray(CelOverloadDecl[]::new))));
    return declarations;
  }

  /** For CEL's interpreter. */
  static List<CelFunctionBinding> bindings() {
    List<CelFunctionBinding> bindings = new ArrayList<>();
    byName()
        .forEach(
            (name, overloads) ->
                bindings.addAll(
                    CelFunctionBinding.fromOverloads(
                        name, overloads.stream().map(LibraryFunction::binding).toList())));
    return bindings;
  }

  /** The one overload that a checked call is, or null where it is none of these. */
  static @Nullable LibraryFunction find(CelAbstractSyntaxTree ast, CelExpr call) {
    List<String> overloads =
        ast.getReference(call.id())
            .map(reference -> List.copyOf(reference.overloadIds()))
            .orElse(List.of());
    return overloads.size() == 1 ? BY_ID.get(overloads.get(0)) : null;
  }

  /** The arguments of a call in the order of its parameters. */
  static List<CelExpr> arguments(CelExpr.CelCall call) {
    List<CelExpr> arguments = new ArrayList<>();
    call.target().ifPresent(arguments::add);
    arguments.addAll(call.args());
    return arguments;
  }
}
