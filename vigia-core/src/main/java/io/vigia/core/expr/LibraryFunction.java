package io.vigia.core.expr;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One overload of a function that Vigia adds to CEL: a static method of Java, from which its
 * declaration, the interpreter's binding and the compiled call are made.
 *
 * @param name as it is written behind the dot, or alone
 * @param onTarget whether the first parameter stands before the dot
 * @param method its name in {@code owner}
 */
record LibraryFunction(
    String name,
    boolean onTarget,
    List<Parameter> parameters,
    Parameter result,
    Class<?> owner,
    String method,
    MethodHandle handle) {

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  LibraryFunction {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a signature: {@code math.abs(int) int}, or {@code string.trim() string} where a type
   * before the dot says that the function is called on a value of it.
   */
  static LibraryFunction of(Class<?> owner, String signature) {
    int open = signature.indexOf('(');
    int close = signature.indexOf(')');
    String path = signature.substring(0, open);
    int dot = path.indexOf('.');
    boolean onTarget = dot > 0 && isType(path.substring(0, dot));
    String name = onTarget ? path.substring(dot + 1) : path;
    List<Parameter> parameters = new ArrayList<>();
    if (onTarget) {
      parameters.add(Parameter.of(path.substring(0, dot)));
    }
    if (close > open + 1) {
      for (String word : signature.substring(open + 1, close).split(", ", -1)) {
        parameters.add(Parameter.of(word));
      }
    }
    Parameter result = Parameter.of(signature.substring(close + 2));
    String method = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('_')) + 1);
    return new LibraryFunction(
        name,
        onTarget,
        parameters,
        result,
        owner,
        method,
        handle(owner, method, parameters, result));
  }

  private static boolean isType(String word) {
    return Arrays.stream(Parameter.values()).anyMatch(each -> each.id().equals(word));
  }

  private static MethodHandle handle(
      Class<?> owner, String method, List<Parameter> parameters, Parameter result) {
    try {
      Class<?>[] types =
          parameters.stream().map(Parameter::javaType).toArray(length -> new Class<?>[length]);
      MethodType type = MethodType.methodType(result.javaType(), types);
      return HERE.findStatic(owner, method, type)
          .asType(type.generic())
          .asSpreader(Object[].class, parameters.size());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(owner + "." + method + parameters, e);
    }
  }

  /** Its name among the overloads of all functions. */
  String id() {
    return "vigia_"
        + name.replace('.', '_')
        + parameters.stream().map(p -> "_" + p.id()).collect(Collectors.joining());
  }

  CelOverloadDecl declaration() {
    List<CelType> types = parameters.stream().map(Parameter::celType).toList();
    return onTarget
        ? CelOverloadDecl.newMemberOverload(id(), result.celType(), types)
        : CelOverloadDecl.newGlobalOverload(id(), result.celType(), types);
  }

  @SuppressWarnings("Immutable") // A record of what never changes.
  CelFunctionBinding binding() {
    List<Class<?>> types = new ArrayList<>();
    parameters.forEach(parameter -> types.add(parameter.interpreted()));
    return CelFunctionBinding.from(id(), types, this::interpret);
  }

  private Object interpret(Object[] arguments) {
    Object[] passed = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      passed[i] = parameters.get(i).passed(arguments[i]);
    }
    try {
      return result.given(handle.invoke(passed));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(id(), e);
    }
  }

  /** The Java expression of a call. */
  String call(List<String> arguments) {
    return owner.getSimpleName() + "." + method + "(" + String.join(", ", arguments) + ")";
  }
}
