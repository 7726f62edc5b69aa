package io.vigia.core.problem;

import java.io.Serializable;

/**
 * Where something stands in a user's file.
 *
 * <p><b>Units and bounds.</b> {@code line} and {@code column} count from 1, columns in characters;
 * both are 0 when only the file is known.
 */
public record Place(String file, int line, int column) implements Serializable {

  /** The file as a whole. */
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /** The same line, {@code columns} further to the right. */
  public Place right(int columns) {
    return new Place(file, line, column + columns);
  }

  /** {@code file:line:column}, or the file alone. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
