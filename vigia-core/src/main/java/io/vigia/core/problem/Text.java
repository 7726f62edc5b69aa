package io.vigia.core.problem;

import java.io.Serializable;

/**
 * A piece of a user's file and where it stands, so that whatever is found wrong in it later can be
 * pointed at.
 *
 * <p><b>Shape.</b> {@code place} is the first character of {@code value} (behind an opening quote);
 * {@code continuation} is the column at which the further lines of a block text begin.
 */
public record Text(String value, Place place, int continuation) implements Serializable {

  /** A text of one line. */
  public Text(String value, Place place) {
    this(value, place, 1);
  }

  /**
   * The place of the character that stands {@code column} characters into line {@code line}, both
   * from 0.
   */
  public Place at(int line, int column) {
    return line == 0
        ? place.right(column)
        : new Place(place.file(), place.line() + line, continuation + column);
  }

  /** What stands before the first dot of a path, {@code card_last} of {@code card_last.country}. */
  public static String beforeDot(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  @Override
  public String toString() {
    return value;
  }
}
