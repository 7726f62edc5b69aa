package io.vigia.core.expr;

import io.vigia.core.event.FieldType;
import java.util.List;

/**
 * A name that an expression can read from a row's feature slots.
 *
 * <p><b>Shape.</b> A plain variable has one part without a name, in {@code slot}; one with parts is
 * read as {@code name.part}, its parts in the slots from {@code slot} on. A part called {@code
 * last.city} is read as {@code name.last.city}.
 */
public record Variable(String name, boolean hasParts, int slot, List<Part> parts) {
  public Variable {
    parts = List.copyOf(parts);
  }

  /** One value of a variable. */
  public record Part(String name, FieldType type) {}

  /** The position of a part, or -1. */
  public int find(String part) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).name().equals(part)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether there are parts of a part of this name. */
  boolean isOuter(String part) {
    return parts.stream().anyMatch(each -> each.name().startsWith(part + "."));
  }

  /** A variable without parts. */
  public static Variable plain(String name, FieldType type, int slot) {
    return new Variable(name, false, slot, List.of(new Part("", type)));
  }
}
