package io.vigia.core.replay;

import io.vigia.core.state.KeyState;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The states of the keys of one stage, by their key.
 *
 * <p><b>Shape.</b> Keys and states lie in turn in one array, their hashes in another, which a
 * look-up enters at the place of the key's hash and follows until the key or a gap. So finding a
 * state touches the key, the state and one line of memory in each array, and another key next to
 * never; a {@link java.util.HashMap} has a node between them.
 *
 * <p><b>Units and bounds.</b> O(1); 24 to 48 bytes a key. Owned by one thread.
 *
 * <p><b>Source.</b> Open addressing with linear probing (Knuth, The Art of Computer Programming,
 * volume 3, 6.4, algorithm L).
 */
final class KeyTable {
  private static final int FIRST_CAPACITY = 16;

  /** A 32-bit fraction of the golden ratio, which spreads hashes that lie close together. */
  private static final int SPREAD = 0x9e3779b9;

  /** By place: the hash of the key that lies there, never 0; 0 for a gap. */
  private int[] hashes = new int[FIRST_CAPACITY];

  /** By place: a key, and behind it its state. */
  private @Nullable Object[] entries = new @Nullable Object[2 * FIRST_CAPACITY];

  private int shift = Integer.SIZE - Integer.numberOfTrailingZeros(FIRST_CAPACITY);
  private int size;

  int size() {
    return size;
  }

  /** The state of a key, or null. */
  @Nullable KeyState get(String key) {
    int hash = hash(key);
    int[] all = hashes;
    int at = hash >>> shift;
    for (int found = all[at]; found != 0; found = all[at]) {
      if (found == hash && key.equals(entries[2 * at])) {
        return (KeyState) entries[2 * at + 1];
      }
      at = at + 1 & all.length - 1;
    }
    return null;
  }

  /** Adds the state of a key that has none. */
  void add(String key, KeyState state) {
    if (2 * ++size > hashes.length) {
      resize(2 * hashes.length);
    }
    put(hash(key), key, state);
  }

  private static int hash(String key) {
    int hash = key.hashCode() * SPREAD;
    return hash == 0 ? SPREAD : hash;
  }

  private void put(int hash, String key, KeyState state) {
    int at = hash >>> shift;
    while (hashes[at] != 0) {
      at = at + 1 & hashes.length - 1;
    }
    hashes[at] = hash;
    entries[2 * at] = key;
    entries[2 * at + 1] = state;
  }

  /** Enters everything anew. */
  private void resize(int capacity) {
    int[] before = hashes;
    @Nullable Object[] known = entries;
    clear(capacity);
    for (int at = 0; at < before.length; at++) {
      if (known[2 * at] instanceof String key && known[2 * at + 1] instanceof KeyState state) {
        put(before[at], key, state);
      }
    }
  }

  private void clear(int capacity) {
    hashes = new int[capacity];
    entries = new @Nullable Object[2 * capacity];
    shift = Integer.SIZE - Integer.numberOfTrailingZeros(capacity);
  }

  void forEach(BiConsumer<String, KeyState> action) {
    for (int at = 0; at < entries.length; at += 2) {
      if (entries[at] instanceof String key && entries[at + 1] instanceof KeyState state) {
        action.accept(key, state);
      }
    }
  }

  /** What a measure of all states adds up to. */
  long sum(ToLongFunction<KeyState> measure) {
    long sum = 0;
    for (int at = 1; at < entries.length; at += 2) {
      if (entries[at] instanceof KeyState state) {
        sum += measure.applyAsLong(state);
      }
    }
    return sum;
  }

  /** Removes the keys whose state is no longer needed. */
  void removeIf(Predicate<KeyState> unneeded) {
    int[] before = hashes;
    @Nullable Object[] known = entries;
    clear(before.length);
    size = 0;
    for (int at = 0; at < before.length; at++) {
      if (known[2 * at] instanceof String key
          && known[2 * at + 1] instanceof KeyState state
          && !unneeded.test(state)) {
        size++;
        put(before[at], key, state);
      }
    }
  }
}
