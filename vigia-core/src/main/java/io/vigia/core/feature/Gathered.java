package io.vigia.core.feature;

import io.vigia.core.state.StateOutput;

/** What lies in an object of a key's {@link Cells}. */
interface Gathered {
  /** So many values may be kept and still be little: some kilobytes. */
  int SMALL = 256;

  /** About how many values or indices it keeps. */
  int size();

  /**
   * Whether it is so little that it is written beside a log on disk. If not, it is gathered again
   * from the log when the key is read.
   */
  default boolean isSmall() {
    return size() <= SMALL;
  }

  /** Writes all of it, with the indices of events as they are. */
  void write(StateOutput output);
}
