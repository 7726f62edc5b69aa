package io.vigia.core.state;

/**
 * The name of a part of one key's state.
 *
 * <p><b>Shape.</b> {@code space} says which log or which ids; within it a part has a number in
 * {@code low}, or is named by the 128 bits of an id's hash.
 */
public record PartId(int space, long high, long low) {
  /** More than a state has logs; above it are the spaces of ids, two each. */
  private static final int FIRST_OF_IDS = 1 << 10;

  static int spaceOfLog(int log) {
    return log;
  }

  static int spaceOfIds(int identities) {
    return FIRST_OF_IDS + 2 * identities;
  }

  static PartId numbered(int space, long number) {
    return new PartId(space, 0, number);
  }
}
