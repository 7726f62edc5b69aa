package io.vigia.core.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of up to {@value #CAPACITY} events of an {@link EventLog}, beside one another.
 *
 * <p>Once {@code shared} it is read by a checkpoint as well and is never written to again.
 */
final class Segment {
  /** Large enough that a log of a million events is copied by 8,000 references. */
  static final int CAPACITY = 128;

  static final int SHIFT = Integer.numberOfTrailingZeros(CAPACITY);
  static final int MASK = CAPACITY - 1;
  private static final int FIRST_CAPACITY = 4;

  private final LogLayout layout;
  private final int stride;
  private long[] words;
  private @Nullable Object @Nullable [] objects;
  private boolean shared;

  Segment(LogLayout layout) {
    this(
        layout,
        new long[FIRST_CAPACITY * layout.stride()],
        layout.hasTexts() ? new @Nullable Object[FIRST_CAPACITY * layout.objectStride()] : null);
  }

  private Segment(LogLayout layout, long[] words, @Nullable Object @Nullable [] objects) {
    this.layout = layout;
    this.stride = layout.stride();
    this.words = words;
    this.objects = objects;
  }

  /** How many rows there is room for. */
  int rows() {
    return words.length / stride;
  }

  /** The rows of all events, one behind the other; another array after {@link #grow}. */
  long[] words() {
    return words;
  }

  long word(int row, int place) {
    return words[row * stride + place];
  }

  void setWord(int row, int place, long word) {
    words[row * stride + place] = word;
  }

  /** What stands at a place, or null. */
  @Nullable Object object(int row, int place) {
    @Nullable Object[] known = objects;
    return known == null ? null : known[row * layout.objectStride() + place];
  }

  void setObject(int row, int place, @Nullable Object object) {
    @Nullable Object[] known = objects;
    if (known == null) {
      // Only a decimal that is too wide for its word needs them where there are no texts.
      known = new @Nullable Object[rows() * layout.objectStride()];
      objects = known;
    }
    known[row * layout.objectStride() + place] = object;
  }

  void share() {
    shared = true;
  }

  boolean isShared() {
    return shared;
  }

  Segment copy() {
    @Nullable Object[] known = objects;
    return new Segment(layout, words.clone(), known == null ? null : known.clone());
  }

  /** Makes room for more rows. */
  void grow(int rows) {
    words = Arrays.copyOf(words, rows * stride);
    if (objects != null) {
      objects = Arrays.copyOf(objects, rows * layout.objectStride());
    }
  }

  /** Moves the rows {@code [from, to)} so that they begin at {@code at}. */
  void move(int from, int to, int at) {
    System.arraycopy(words, from * stride, words, at * stride, (to - from) * stride);
    if (objects != null) {
      int size = layout.objectStride();
      System.arraycopy(objects, from * size, objects, at * size, (to - from) * size);
    }
  }

  /** Takes over one row of another segment. */
  void take(int to, Segment source, int from) {
    System.arraycopy(source.words, from * stride, words, to * stride, stride);
    for (int place = 0; place < layout.objectStride(); place++) {
      Object object = source.object(from, place);
      if (object != null || objects != null) {
        setObject(to, place, object);
      }
    }
  }

  /** Lets go of the objects of the rows {@code [from, to)}. */
  void forget(int from, int to) {
    if (objects != null) {
      Arrays.fill(objects, from * layout.objectStride(), to * layout.objectStride(), null);
    }
  }
}
