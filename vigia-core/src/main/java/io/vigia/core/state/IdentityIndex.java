package io.vigia.core.state;

import org.jspecify.annotations.Nullable;

/**
 * Finds an id of an {@link IdentityLog} by its hash: a table of the places at which ids lie.
 *
 * <p><b>Units and bounds.</b> O(1); 16 to 32 bytes an id. Derived: made again from the log where it
 * is missing.
 *
 * <p><b>Source.</b> Open addressing with linear probing, and Knuth's deletion, which moves back
 * what would not be found any more (The Art of Computer Programming, volume 3, 6.4, algorithm R).
 */
final class IdentityIndex {
  private static final long FREE = -1;
  private static final int FIRST_CAPACITY = 128;

  private final IdentityLog log;
  private long[] places = free(FIRST_CAPACITY);
  private int size;

  IdentityIndex(IdentityLog log) {
    this.log = log;
  }

  private static long[] free(int capacity) {
    long[] table = new long[capacity];
    java.util.Arrays.fill(table, FREE);
    return table;
  }

  /** The place of an id, or -1. */
  long find(long high, long low) {
    int at = home(low);
    while (places[at] != FREE) {
      if (log.isAt(places[at], high, low)) {
        return places[at];
      }
      at = next(at);
    }
    return FREE;
  }

  /** Remembers where an id lies that is not yet known. */
  void add(long low, long place) {
    if (2 * ++size > places.length) {
      grow();
    }
    put(low, place);
  }

  private void put(long low, long place) {
    int at = home(low);
    while (places[at] != FREE) {
      at = next(at);
    }
    places[at] = place;
  }

  private void grow() {
    long[] before = places;
    places = free(2 * before.length);
    for (long place : before) {
      if (place != FREE) {
        put(log.lowAt(place), place);
      }
    }
  }

  /** Forgets an id that is known; it still lies in the log. */
  void remove(long low, long place) {
    int hole = home(low);
    while (places[hole] != place) {
      hole = next(hole);
    }
    size--;
    int at = next(hole);
    while (places[at] != FREE) {
      int home = home(log.lowAt(places[at]));
      // Whether the hole lies between where it belongs and where it lies, around the end.
      if (((at - home) & (places.length - 1)) >= ((at - hole) & (places.length - 1))) {
        places[hole] = places[at];
        hole = at;
      }
      at = next(at);
    }
    places[hole] = FREE;
  }

  private int home(long low) {
    return (int) low & (places.length - 1);
  }

  private int next(int at) {
    return (at + 1) & (places.length - 1);
  }

  /** The same table for a log with the same ids. */
  static @Nullable IdentityIndex moved(@Nullable IdentityIndex index, IdentityLog to) {
    if (index == null) {
      return null;
    }
    IdentityIndex moved = new IdentityIndex(to);
    moved.places = index.places;
    moved.size = index.size;
    return moved;
  }
}
