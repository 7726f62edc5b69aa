package io.vigia.core.replay;

import io.vigia.core.state.KeyState;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The states of the keys of one stage, by their key.
 *
 * <p><b>Shape.</b> Keys and states lie in turn in one array, which a look-up enters at the place of
 * the key's hash and follows until the key or a gap. So finding a state touches the key, the state
 * and one line of memory besides, where a {@link java.util.HashMap} has one more for its node.
 *
 * <p><b>Units and bounds.</b> O(1); 16 to 32 bytes a key. Owned by one thread.
 *
 * <p><b>Source.</b> Open addressing with linear probing (Knuth, The Art of Computer Programming,
 * volume 3, 6.4, algorithm L).
 */
final class KeyTable {
  private static final int FIRST_CAPACITY = 16;

  /** A 32-bit fraction of the golden ratio, which spreads hashes that lie close together. */
  private static final int SPREAD = 0x9e3779b9;

  /** Twice as many as keys it has room for. */
  private @Nullable Object[] entries = new @Nullable Object[2 * FIRST_CAPACITY];

  private int shift = Integer.SIZE - Integer.numberOfTrailingZeros(FIRST_CAPACITY);
  private int size;

  int size() {
    return size;
  }

  /** The state of a key, or null. */
  @Nullable KeyState get(String key) {
    @Nullable Object[] all = entries;
    int at = home(key);
    for (Object found = all[at]; found != null; found = all[at]) {
      if (found.equals(key)) {
        return (KeyState) all[at + 1];
      }
      at = next(at);
    }
    return null;
  }

  /** Adds the state of a key that has none. */
  void add(String key, KeyState state) {
    if (4 * ++size > entries.length) {
      grow();
    }
    put(key, state);
  }

  private void put(String key, KeyState state) {
    int at = home(key);
    while (entries[at] != null) {
      at = next(at);
    }
    entries[at] = key;
    entries[at + 1] = state;
  }

  private void grow() {
    @Nullable Object[] before = entries;
    entries = new @Nullable Object[2 * before.length];
    shift--;
    for (int at = 0; at < before.length; at += 2) {
      if (before[at] instanceof String key && before[at + 1] instanceof KeyState state) {
        put(key, state);
      }
    }
  }

  private int home(String key) {
    return 2 * ((key.hashCode() * SPREAD) >>> shift);
  }

  private int next(int at) {
    return (at + 2) & (entries.length - 1);
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
    @Nullable Object[] before = entries;
    entries = new @Nullable Object[before.length];
    size = 0;
    for (int at = 0; at < before.length; at += 2) {
      if (before[at] instanceof String key
          && before[at + 1] instanceof KeyState state
          && !unneeded.test(state)) {
        size++;
        put(key, state);
      }
    }
  }
}
