package io.vigia.core.pattern;

import io.vigia.core.event.Slots;
import io.vigia.core.state.Register;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The partial matches of one pattern and key, in the order in which they began.
 *
 * <p><b>Shape.</b> Of each: the times of its first and its last event; the step that took the last
 * one, how many that step has taken, the negated steps that have found an event since then; and
 * what is kept for conditions. An event that changes them makes a draft, one match after the other,
 * which {@link #commit} then puts in the place of what was before.
 *
 * <p><b>Units and bounds.</b> Times in epoch milliseconds. At most {@value #MAX} matches of 24
 * bytes. When one more begins, the one that began first is given up and counted: of all it is the
 * one that ends soonest. Mutable, owned by one thread at a time; nothing is allocated once the
 * array is large enough.
 */
final class PartialMatches implements Register {
  /*
   * Three words a match, beside one another: its start, its last time, and step, blocked steps and count in one. The
   * draft lies behind the matches in the same array, so that it needs none of its own.
   */
  static final int MAX = 64;

  /** The first byte of the binary form. */
  private static final int VERSION = 1;

  /** No state has come further than that; a damaged one could. */
  private static final int STEPS_MAX = 32;

  private static final int WORDS = 3;
  private static final int START = 0;
  private static final int LAST = 1;
  private static final int PLACE = 2;
  private static final int STEP_MASK = 0xff;
  private static final int BLOCKED_SHIFT = 8;
  private static final int BLOCKED_MASK = 0xffffff;
  private static final int COUNT_SHIFT = 32;
  private static final int FIRST_CAPACITY = 4;

  private final Captures captures;

  /** Whether what a match will be told of is its start as well. */
  private final boolean startCounts;

  private long[] words = new long[FIRST_CAPACITY * WORDS];

  /** As long as no condition reads what a match has taken there are none. */
  private @Nullable Slots @Nullable [] kept;

  private int size;
  private int draft;
  private long newestMs = Long.MIN_VALUE;
  private long overtaken;
  private long givenUp;

  PartialMatches(Captures captures, boolean startCounts) {
    this.captures = captures;
    this.startCounts = startCounts;
    this.kept = captures.size() == 0 ? null : new @Nullable Slots[FIRST_CAPACITY];
  }

  int size() {
    return size;
  }

  long startMs(int match) {
    return words[match * WORDS + START];
  }

  long lastMs(int match) {
    return words[match * WORDS + LAST];
  }

  /** The step that took the last event. */
  int step(int match) {
    return (int) words[match * WORDS + PLACE] & STEP_MASK;
  }

  /** How many events that step has taken. */
  int count(int match) {
    return (int) (words[match * WORDS + PLACE] >>> COUNT_SHIFT);
  }

  /** The bit of each negated step that has found an event since then. */
  int blocked(int match) {
    return (int) words[match * WORDS + PLACE] >>> BLOCKED_SHIFT & BLOCKED_MASK;
  }

  /** What is kept for conditions. */
  Slots captured(int match) {
    @Nullable Slots[] all = kept;
    Slots captured = all == null ? null : all[match];
    return captured == null ? captures.nothing() : captured;
  }

  /** Begins a draft with the first matches as they are. */
  void draft(int unchanged) {
    draft = 0;
    for (int match = 0; match < unchanged; match++) {
      keep(match);
    }
  }

  /** A match goes on as it is. */
  void keep(int match) {
    makeRoom();
    move(match, size + draft, 1);
    draft++;
  }

  /** A match goes on, a few more steps being blocked. */
  void keepBlocked(int match, int blocked) {
    keep(match);
    words[(size + draft - 1) * WORDS + PLACE] |= (long) blocked << BLOCKED_SHIFT;
  }

  /**
   * Adds a match of which nothing is blocked, unless there is one that has all its ways on; those
   * that have no more than another are left out.
   *
   * @param settledMs no event older than that is still to come, but such as are marked late
   */
  void add(long startMs, long lastMs, int step, int count, Slots captured, long settledMs) {
    makeRoom();
    int own = size + draft;
    words[own * WORDS + START] = startMs;
    words[own * WORDS + LAST] = lastMs;
    words[own * WORDS + PLACE] = (long) count << COUNT_SHIFT | step;
    if (kept != null) {
      kept[own] = captured;
    }
    long settledStartMs = Long.MIN_VALUE;
    for (int other = own - 1; other >= size; other--) {
      if (!areAlike(own, other)) {
        continue;
      }
      if (hasWaysOf(other, own, settledMs)) {
        return;
      }
      if (hasWaysOf(own, other, settledMs)) {
        move(own, other, 1);
        return;
      }
      if (startMs(other) <= settledStartMs) {
        move(other + 1, other, own - other);
        own--;
        draft--;
      } else if (!startCounts && lastMs(other) <= settledMs) {
        settledStartMs = startMs(other);
      }
    }
    draft++;
  }

  /** Whether two matches stand at the same place of the pattern and have kept the same. */
  private boolean areAlike(int one, int other) {
    return words[one * WORDS + PLACE] == words[other * WORDS + PLACE]
        && (kept == null || captures.areEqual(captured(one), captured(other)));
  }

  /**
   * Whether of two that are alike one can take whatever the other can, now and later: it does not
   * end before it, and its last event is no younger than that of the other or any that may come.
   */
  private boolean hasWaysOf(int one, int other, long settledMs) {
    return startCounts
        ? startMs(one) == startMs(other) && lastMs(one) <= lastMs(other)
        : startMs(one) >= startMs(other) && lastMs(one) <= Math.max(lastMs(other), settledMs);
  }

  private void move(int from, int to, int count) {
    System.arraycopy(words, from * WORDS, words, to * WORDS, count * WORDS);
    if (kept != null) {
      System.arraycopy(kept, from, kept, to, count);
    }
  }

  /** The draft takes the place of what was before; gives how many had to be given up. */
  int commit() {
    int tooMany = Math.max(0, draft - MAX);
    int from = size + tooMany;
    int before = size;
    size = draft - tooMany;
    move(from, 0, size);
    if (kept != null) {
      Arrays.fill(kept, size, before + draft, null);
    }
    draft = 0;
    givenUp += tooMany;
    return tooMany;
  }

  void clear() {
    size = 0;
    draft = 0;
    if (kept != null) {
      Arrays.fill(kept, null);
    }
  }

  private void makeRoom() {
    int used = size + draft;
    if (used * WORDS == words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
      if (kept != null) {
        kept = Arrays.copyOf(kept, 2 * used);
      }
    }
  }

  /** Whether a key that has these is as one that never had any. */
  boolean isBlank() {
    return size == 0 && newestMs == Long.MIN_VALUE && overtaken == 0 && givenUp == 0;
  }

  /**
   * The newest event that fits a step of a pattern that ends in silence; otherwise {@link
   * Long#MIN_VALUE}.
   */
  long newestMs() {
    return newestMs;
  }

  void advanceTo(long timeMs) {
    newestMs = Math.max(newestMs, timeMs);
  }

  void countOvertaken() {
    overtaken++;
  }

  /**
   * How many events were older than the last one of a partial match that they would have gone on.
   */
  long overtaken() {
    return overtaken;
  }

  /** How many partial matches were given up because there were too many. */
  long givenUp() {
    return givenUp;
  }

  @Override
  public Register copy() {
    PartialMatches copy = new PartialMatches(captures, startCounts);
    copy.words = words.clone();
    copy.kept = kept == null ? null : kept.clone();
    copy.size = size;
    copy.newestMs = newestMs;
    copy.overtaken = overtaken;
    copy.givenUp = givenUp;
    return copy;
  }

  @Override
  public void write(StateOutput output) {
    output.writeByte(VERSION);
    output.writeSigned(newestMs);
    output.writeUnsigned(overtaken);
    output.writeUnsigned(givenUp);
    output.writeUnsigned(size);
    long before = 0;
    for (int match = 0; match < size; match++) {
      output.writeSigned(startMs(match) - before);
      output.writeUnsigned(lastMs(match) - startMs(match));
      output.writeUnsigned(step(match));
      output.writeUnsigned(count(match));
      output.writeUnsigned(blocked(match));
      captures.write(captured(match), output);
      before = startMs(match);
    }
  }

  static PartialMatches read(Captures captures, boolean startCounts, StateInput input) {
    int version = input.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("damaged partial matches: found version " + version);
    }
    PartialMatches read = new PartialMatches(captures, startCounts);
    read.newestMs = input.readSigned();
    read.overtaken = input.readUnsigned();
    read.givenUp = input.readUnsigned();
    int count = input.readCount(5);
    long before = 0;
    for (int match = 0; match < count; match++) {
      long start = before + input.readSigned();
      read.append(
          start,
          start + input.readUnsigned(),
          step(input),
          input.readCount(),
          (int) input.readUnsigned() & BLOCKED_MASK,
          input);
      before = start;
    }
    input.end();
    return read;
  }

  private void append(
      long startMs, long lastMs, int step, int count, int blocked, StateInput input) {
    makeRoom();
    words[size * WORDS + START] = startMs;
    words[size * WORDS + LAST] = lastMs;
    words[size * WORDS + PLACE] =
        (long) count << COUNT_SHIFT | (long) blocked << BLOCKED_SHIFT | step;
    Slots captured = captures.read(input);
    if (kept != null) {
      kept[size] = captured;
    }
    size++;
  }

  private static int step(StateInput input) {
    int step = input.readCount();
    if (step >= STEPS_MAX) {
      throw new IllegalStateException("damaged partial matches: found step " + step);
    }
    return step;
  }
}
