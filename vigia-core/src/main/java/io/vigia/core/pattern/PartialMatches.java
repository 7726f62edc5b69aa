package io.vigia.core.pattern;

import io.vigia.core.state.Register;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * The partial matches of one pattern and key, in the order in which they began.
 *
 * <p><b>Units and bounds.</b> At most {@value #MAX}. When one more begins, the one that began first
 * is given up and counted: of all it is the one that ends soonest. Mutable, owned by one thread at
 * a time.
 */
final class PartialMatches implements Register {
  static final int MAX = 64;

  /** The first byte of the binary form. */
  private static final int VERSION = 1;

  /** No state has come further than that; a damaged one could. */
  private static final int STEPS_MAX = 32;

  private final Captures captures;
  private List<PartialMatch> open;
  private long newestMs = Long.MIN_VALUE;
  private long overtaken;
  private long givenUp;

  PartialMatches(Captures captures) {
    this(captures, List.of());
  }

  private PartialMatches(Captures captures, List<PartialMatch> open) {
    this.captures = captures;
    this.open = open;
  }

  /** Never changed in place. */
  List<PartialMatch> open() {
    return open;
  }

  /**
   * Takes over what is open now, which nobody may change any more; gives how many of them had to be
   * given up.
   */
  int replace(List<PartialMatch> now) {
    int tooMany = now.size() - MAX;
    if (tooMany <= 0) {
      open = now;
      return 0;
    }
    givenUp += tooMany;
    open = List.copyOf(now.subList(tooMany, now.size()));
    return tooMany;
  }

  /** Whether a key that has these is as one that never had any. */
  boolean isBlank() {
    return open.isEmpty() && newestMs == Long.MIN_VALUE && overtaken == 0 && givenUp == 0;
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
    PartialMatches copy = new PartialMatches(captures, open);
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
    output.writeUnsigned(open.size());
    long before = 0;
    for (PartialMatch match : open) {
      output.writeSigned(match.startMs() - before);
      output.writeUnsigned(match.lastMs() - match.startMs());
      output.writeUnsigned(match.step());
      output.writeUnsigned(match.count());
      output.writeUnsigned(match.blocked());
      captures.write(match.captured(), output);
      before = match.startMs();
    }
  }

  static PartialMatches read(Captures captures, StateInput input) {
    int version = input.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("damaged partial matches: found version " + version);
    }
    PartialMatches read = new PartialMatches(captures);
    read.newestMs = input.readSigned();
    read.overtaken = input.readUnsigned();
    read.givenUp = input.readUnsigned();
    int count = input.readCount(5);
    List<PartialMatch> open = new ArrayList<>(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      long start = before + input.readSigned();
      open.add(
          new PartialMatch(
              start,
              start + input.readUnsigned(),
              step(input),
              input.readCount(),
              (int) input.readUnsigned(),
              captures.read(input)));
      before = start;
    }
    input.end();
    read.open = open;
    return read;
  }

  private static int step(StateInput input) {
    int step = input.readCount();
    if (step >= STEPS_MAX) {
      throw new IllegalStateException("damaged partial matches: found step " + step);
    }
    return step;
  }
}
