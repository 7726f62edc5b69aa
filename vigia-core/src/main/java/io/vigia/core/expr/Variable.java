package io.vigia.core.expr;

import io.vigia.core.event.FieldType;
import java.util.List;

/**
 * A name that an expression can read from a row's feature slots.
 *
 * <p><b>Shape.</b> A plain variable has one part without a name, in {@code slot}; one with parts is
 * read as {@code name.part}, its parts in the slots from {@code slot} on.
 */
public record Variable(String name, boolean hasParts, int slot, List<Part> parts) {
  public Variable {
    parts = List.copyOf(parts);
  }

  /** One value of a variable. */
  public record Part(String name, FieldType type) {}

  /** A variable without parts. */
  public static Variable plain(String name, FieldType type, int slot) {
    return new Variable(name, false, slot, List.of(new Part("", type)));
  }
}
