package io.vigia.core.expr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes the Java source of one class: statements, names that are free, constants. */
final class SourceWriter {
  /** Bits of what is missing; the sign is for {@link Program#TRUE}. */
  private static final int MISSING_MAX = 62;

  private StringBuilder out = new StringBuilder();
  private int names;
  private final List<String> constantTypes = new ArrayList<>();
  private final List<Object> constants = new ArrayList<>();
  private Map<String, Integer> missing = new LinkedHashMap<>();

  /** A name that nothing else has. */
  String fresh(String prefix) {
    return prefix + names++;
  }

  void line(String statement) {
    out.append(statement).append('\n');
  }

  /** What was written to {@code body}, and not here. */
  String capture(Runnable body) {
    StringBuilder outer = out;
    out = new StringBuilder();
    try {
      body.run();
      return out.toString();
    } finally {
      out = outer;
    }
  }

  /** What {@code body} gives and what it wrote. */
  <T> Captured<T> capture(Supplier<T> body) {
    StringBuilder outer = out;
    out = new StringBuilder();
    try {
      T value = body.get();
      return new Captured<>(value, out.toString());
    } finally {
      out = outer;
    }
  }

  /** A value, and the statements that have to run before it. */
  record Captured<T>(T value, String statements) {}

  void append(String statements) {
    out.append(statements);
  }

  /** A field that holds an object. */
  String constant(String type, Object value) {
    for (int i = 0; i < constants.size(); i++) {
      if (constants.get(i).equals(value) && constantTypes.get(i).equals(type)) {
        return "c" + i;
      }
    }
    constants.add(value);
    constantTypes.add(type);
    return "c" + (constants.size() - 1);
  }

  /** The bit that says that {@code path} is missing. */
  String bit(String path) {
    Integer known = missing.get(path);
    int bit = known == null ? missing.size() : known;
    if (bit >= MISSING_MAX) {
      throw new NotCompiledException("too many names");
    }
    missing.put(path, bit);
    return (1L << bit) + "L";
  }

  /** The paths by their bits. */
  List<String> missing() {
    return List.copyOf(missing.keySet());
  }

  /** The paths by their bits since the last call; then bits are given anew. */
  List<String> takeMissing() {
    List<String> paths = List.copyOf(missing.keySet());
    missing = new LinkedHashMap<>();
    return paths;
  }

  Object[] constants() {
    return constants.toArray();
  }

  /** The fields and the constructor that takes {@link #constants()}. */
  String fields(String className) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < constants.size(); i++) {
      fields.append("private final ").append(constantTypes.get(i)).append(" c").append(i);
      fields.append(";\n");
    }
    fields.append(className).append("(Object[] constants) {\n");
    for (int i = 0; i < constants.size(); i++) {
      fields.append("c").append(i).append(" = (").append(constantTypes.get(i));
      fields.append(") constants[").append(i).append("];\n");
    }
    return fields.append("}\n").toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
