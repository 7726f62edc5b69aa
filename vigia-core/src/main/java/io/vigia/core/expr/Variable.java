package io.vigia.core.expr;

import io.vigia.core.event.FieldType;
import java.util.List;

/**
 * A name that an expression can read from a row's feature slots.
 *
 * <p><b>Shape.</b> A plain variable has one part without a name, in {@code slot}; one with parts is
 * read as {@code name.part}, its parts in the slots from {@code slot} on. A part called {@code
 * last.city} is read as {@code name.last.city}.
 *
 * <p>A column of a table has its path for a name, {@code tables.customers.tier}, and no parts. So
 * has the table itself, {@code tables.customers}, which is there when the event has a row and is
 * asked for by {@code has} alone.
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

  /** Whether it is a table or a column of one. */
  public boolean isOfTable() {
    return isOfTable(name);
  }

  /** Whether a path leads to a table or a column of one. */
  public static boolean isOfTable(String path) {
    return path.startsWith(Names.TABLES + ".");
  }

  /** The name of the variable that a path reads a value of: {@code last} of {@code last.city}. */
  public static String nameIn(String path) {
    int dot = path.indexOf('.');
    return dot < 0 || isOfTable(path) ? path : path.substring(0, dot);
  }

  /** The table of a column's path, {@code tables.customers} of {@code tables.customers.tier}. */
  public static String tableIn(String path) {
    int dot = path.indexOf('.', Names.TABLES.length() + 1);
    return dot < 0 ? path : path.substring(0, dot);
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
