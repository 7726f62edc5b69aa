package io.vigia.wire.event;

import io.vigia.core.event.Slots;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event being decoded. Mutable, lives for one event. */
final class EventDraft {
  private static final String[] NONE = {};
  private static final int FEW = 8;

  final Slots values;
  final NumberText number = new NumberText();
  private final int scan;
  private final long[] seen;

  /** The first names that no field has; a set only where there are more. */
  private String[] few = NONE;

  private int ignored;
  private @Nullable Set<String> many;

  /** For an event of so many fields, whose bytes {@link Utf8#scan} found to be so. */
  EventDraft(int fields, int scan) {
    this.values = new Slots(fields);
    this.scan = scan;
    this.seen = new long[(fields + 63) >>> 6];
  }

  boolean hasBackslash() {
    return (scan & Utf8.BACKSLASH) != 0;
  }

  boolean hasZero() {
    return (scan & Utf8.ZERO) != 0;
  }

  /** Notes that a field stands in the event; false when it stood there before. */
  boolean see(int slot) {
    long bit = 1L << slot;
    boolean first = (seen[slot >>> 6] & bit) == 0;
    seen[slot >>> 6] |= bit;
    return first;
  }

  boolean saw(int slot) {
    return (seen[slot >>> 6] & (1L << slot)) != 0;
  }

  /** The same for a name that the stream does not declare. */
  boolean seeIgnored(String name) {
    if (many != null) {
      return many.add(name);
    }
    for (int i = 0; i < ignored; i++) {
      if (few[i].equals(name)) {
        return false;
      }
    }
    if (ignored == FEW) {
      many = new HashSet<>(List.of(few));
      return many.add(name);
    }
    if (ignored == 0) {
      few = new String[FEW];
    }
    few[ignored++] = name;
    return true;
  }
}
