package io.vigia.core.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A map from values of one word to objects, asked without making an object of the value.
 *
 * <p><b>Shape.</b> The word of an int is itself, that of a double its bits with one zero and one
 * NaN, that of a timestamp its milliseconds. Nothing is ever taken out.
 *
 * <p><b>Units and bounds.</b> O(1); at most half full, 12 bytes a place. One thread writes, any
 * number read.
 */
public final class WordTable<V> {
  /*
   * Linear probing. A place is taken when it has an object, which is written last: a reader that sees the object
   * sees its word. A table that is too full is copied and then published as a whole.
   */
  private static final int PLACES_MIN = 16;

  private record Places<V>(long[] words, AtomicReferenceArray<@Nullable V> objects) {
    Places(int size) {
      this(new long[size], new AtomicReferenceArray<>(size));
    }

    /** Where a word is, or would be put. */
    int find(long word) {
      int last = words.length - 1;
      int place = hash(word) & last;
      while (objects.get(place) != null && words[place] != word) {
        place = place + 1 & last;
      }
      return place;
    }

    private static int hash(long word) {
      long mixed = word * 0x9E3779B97F4A7C15L;
      return (int) (mixed >>> 32);
    }
  }

  private volatile Places<V> places = new Places<>(PLACES_MIN);
  private int size;

  /** The word of a value, or null where it has none, as texts, decimals and nanoseconds. */
  public static @Nullable Long wordOf(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Double real) {
      return wordOf(real.doubleValue());
    }
    return value instanceof Instant time && time.truncatedTo(ChronoUnit.MILLIS).equals(time)
        ? (Long) time.toEpochMilli()
        : null;
  }

  /** The word of a double. */
  public static long wordOf(double value) {
    return Double.doubleToLongBits(value + 0.0);
  }

  public @Nullable V get(long word) {
    Places<V> known = places;
    return known.objects.get(known.find(word));
  }

  /** Puts an object in the place of the one that a word had. */
  public void put(long word, V object) {
    Places<V> known = places;
    int place = known.find(word);
    if (known.objects.get(place) == null && ++size > known.words.length / 2) {
      known = grown(known);
      place = known.find(word);
    }
    known.words[place] = word;
    known.objects.set(place, object);
    places = known;
  }

  private static <V> Places<V> grown(Places<V> from) {
    Places<V> to = new Places<>(2 * from.words.length);
    for (int i = 0; i < from.words.length; i++) {
      V object = from.objects.get(i);
      if (object != null) {
        int place = to.find(from.words[i]);
        to.words[place] = from.words[i];
        to.objects.set(place, object);
      }
    }
    return to;
  }
}
