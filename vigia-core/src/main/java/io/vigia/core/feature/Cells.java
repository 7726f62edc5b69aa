package io.vigia.core.feature;

import org.jspecify.annotations.Nullable;

/**
 * What the windows of one key have computed from its logs: derived state, that can be computed
 * again at any time.
 *
 * <p><b>Shape.</b> Numbers in one array and what needs more than numbers in another, at places that
 * a {@link Plan} gave out once for all keys. So a key whose windows move touches a line or two of
 * memory for all of them, whatever their number.
 */
final class Cells {
  final long[] words;
  final @Nullable Object[] objects;

  private Cells(long[] words, @Nullable Object[] objects) {
    this.words = words;
    this.objects = objects;
  }

  /** Gives out places in the cells of every key of one entity. */
  static final class Plan {
    private static final @Nullable Object[] NONE = new @Nullable Object[0];

    private int words;
    private int objects;

    /** The first of so many words beside one another. */
    int words(int count) {
      words += count;
      return words - count;
    }

    int object() {
      return objects++;
    }

    /** The cells of a new key, all zero. */
    Cells cells() {
      return new Cells(new long[words], objects == 0 ? NONE : new @Nullable Object[objects]);
    }
  }
}
