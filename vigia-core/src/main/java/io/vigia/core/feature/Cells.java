package io.vigia.core.feature;

import io.vigia.core.state.Derived;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the windows of one key have computed from its logs: derived state, that can be computed
 * again at any time.
 *
 * <p><b>Shape.</b> Numbers in one array and what needs more than numbers in another, at places that
 * a {@link Plan} gave out once for all keys. So a key whose windows move touches a line or two of
 * memory for all of them, whatever their number.
 */
final class Cells implements Derived {
  /*
   * Beside a log on disk they are written: words as they are, and of the objects those that are small. The others
   * are gathered again when the key is read, which reads the whole of their windows.
   */

  /** To be counted up when the same places get another meaning: then they are computed again. */
  private static final int FORM = 2;

  /** About what a value of an accumulator takes in memory, with its place in a map. */
  private static final int VALUE_BYTES = 100;

  private static final @Nullable Object[] NONE = new @Nullable Object[0];

  final long[] words;

  /** As long as nothing needs one there are none, and no line of memory is read to know it. */
  private @Nullable Object[] objects = NONE;

  private Cells(int words) {
    this.words = new long[words];
  }

  /** What lies at a place, or null. */
  @Nullable Object object(int at) {
    @Nullable Object[] all = objects;
    return at < all.length ? all[at] : null;
  }

  void setObject(int at, @Nullable Object object) {
    if (at >= objects.length) {
      if (object == null) {
        return;
      }
      objects = Arrays.copyOf(objects, Math.max(at + 1, 2 * objects.length));
    }
    objects[at] = object;
  }

  @Override
  public void write(StateOutput output) {
    output.writeByte(FORM);
    output.writeUnsigned(words.length);
    int used = objects.length;
    while (used > 0 && objects[used - 1] == null) {
      used--;
    }
    output.writeUnsigned(used);
    for (long word : words) {
      output.writeSigned(word);
    }
    for (int at = 0; at < used; at++) {
      Object object = objects[at];
      if (object == null) {
        output.writeByte(Stored.ABSENT);
      } else if (object instanceof Gathered gathered && gathered.isSmall()) {
        StateOutput own = new StateOutput();
        gathered.write(own);
        output.writeByte(Stored.PRESENT);
        output.writeBlock(own.toByteArray());
      } else {
        output.writeByte(Stored.LEFT_OUT);
      }
    }
  }

  @Override
  public long heapBytes() {
    long bytes = (long) words.length * Long.BYTES;
    for (Object object : objects) {
      bytes += object instanceof Gathered gathered ? (long) gathered.size() * VALUE_BYTES : 0;
    }
    return bytes;
  }

  /**
   * An object as it was written, until its aggregate {@linkplain WindowAggregate#restore takes} it.
   */
  static final class Stored {
    static final int ABSENT = 0;
    static final int PRESENT = 1;
    static final int LEFT_OUT = 2;

    private final byte @Nullable [] bytes;

    private Stored(byte @Nullable [] bytes) {
      this.bytes = bytes;
    }

    private static @Nullable Stored read(StateInput input) {
      return switch (input.readByte()) {
        case ABSENT -> null;
        case PRESENT -> new Stored(input.readBlock());
        default -> new Stored(null);
      };
    }

    /** Whether it was too large to be written. */
    boolean isLeftOut() {
      return bytes == null;
    }

    StateInput input() {
      return new StateInput(Objects.requireNonNull(bytes));
    }
  }

  /** Gives out places in the cells of every key of one entity. */
  static final class Plan {
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
      return new Cells(words);
    }

    /**
     * The cells of a key as they were written, objects still {@link Stored}; null where the places
     * were given out in another way.
     */
    @Nullable Cells read(StateInput input) {
      if (input.readByte() != FORM || input.readUnsigned() != words) {
        return null;
      }
      int stored = input.readCount();
      if (stored > objects) {
        return null;
      }
      Cells cells = cells();
      for (int i = 0; i < words; i++) {
        cells.words[i] = input.readSigned();
      }
      for (int i = 0; i < stored; i++) {
        cells.setObject(i, Stored.read(input));
      }
      input.end();
      return cells;
    }
  }
}
