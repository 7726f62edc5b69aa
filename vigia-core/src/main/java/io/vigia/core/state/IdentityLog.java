package io.vigia.core.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ids that one key of a stream has used within the stream's {@code dedupe}, each by a hash of
 * 128 bits, with the hash of its content.
 *
 * <p><b>Shape.</b> An id counts as known until the key's time has gone on by {@code dedupe} since
 * the id came; the key's time is the newest event time, so that a late event is known as long as
 * one in order.
 *
 * <p><b>Units and bounds.</b> 24 bytes an event of the horizon, and 8 for its time. Looking up is
 * O(1); a key with more than {@value #SCANNED} ids keeps an index, which is not part of the binary
 * form.
 */
public final class IdentityLog {
  /*
   * Ids are appended and forgotten in the order of time, so that the log is a queue. Most keys have a handful: those
   * lie in one small array, four words each, beside one another. A key with many has full blocks before it, which
   * are never written again, so that a copy shares them. An id's place counts on from the first one ever.
   *
   * On disk only the newest ids are here: as soon as there are more than a scan is good for, the older ones of them
   * go to where the state's parts lie.
   */
  /** Up to here a scan is as fast as an index and needs no memory. */
  private static final int SCANNED = 32;

  static final int WORDS = 4;
  static final int TIME = 0;
  static final int HIGH = 1;
  static final int LOW = 2;
  static final int CONTENT = 3;

  /** Words of a block that is full. */
  private static final int BLOCK = WORDS * Segment.CAPACITY;

  /** Full blocks; most logs have none. */
  private List<long[]> full;

  private long[] open;

  /** Where the oldest id begins: in the first full block, or in the open one when none is full. */
  private int from;

  /** Where the next id goes in the open block. */
  private int to;

  /** The place of what stands first in the open block. */
  private long openPlace;

  private @Nullable IdentityIndex index;

  /** The ids before all that are here, when they lie on disk. */
  private @Nullable StoredIds older;

  public IdentityLog() {
    this(List.of(), new long[WORDS]);
  }

  private IdentityLog(List<long[]> full, long[] open) {
    this.full = full;
    this.open = open;
  }

  /** What is known of an id. */
  public enum Answer {
    /** Not seen within the horizon. */
    NEW,
    /** Seen with the same content. */
    REPEAT,
    /** Seen with other content. */
    CONFLICT
  }

  /**
   * Tells whether an id is known, and remembers it when it is not.
   *
   * @param high one half of the id's hash
   * @param low the other half
   * @param timeMs at least {@link #newestMs()}
   */
  public Answer admit(long high, long low, long contentHash, long timeMs) {
    Answer answer = find(high, low, contentHash);
    if (answer == Answer.NEW && older != null) {
      answer = older.find(high, low, contentHash);
    }
    if (answer == Answer.NEW) {
      add(high, low, contentHash, timeMs);
    }
    return answer;
  }

  private Answer find(long high, long low, long contentHash) {
    if (size() > SCANNED) {
      long place = index().find(high, low);
      return place < 0 ? Answer.NEW : answer(wordAt(place, CONTENT), contentHash);
    }
    for (int b = 0; b <= full.size(); b++) {
      long[] block = block(b);
      for (int i = start(b); i < end(b); i += WORDS) {
        if (block[i + HIGH] == high && block[i + LOW] == low) {
          return answer(block[i + CONTENT], contentHash);
        }
      }
    }
    return Answer.NEW;
  }

  private static Answer answer(long known, long contentHash) {
    return known == contentHash ? Answer.REPEAT : Answer.CONFLICT;
  }

  /** Reads from where the next id will lie, as {@link EventLog#touch} does. */
  public long touch() {
    int at = to;
    return at < open.length ? open[at] : at;
  }

  private int size() {
    return (full.size() * BLOCK + to - from) / WORDS;
  }

  private long[] block(int number) {
    return number < full.size() ? full.get(number) : open;
  }

  private int start(int number) {
    return number == 0 ? from : 0;
  }

  private int end(int number) {
    return number < full.size() ? BLOCK : to;
  }

  private IdentityIndex index() {
    IdentityIndex known = index;
    if (known == null) {
      known = new IdentityIndex(this);
      for (long place = oldestPlace(); place < openPlace + to / WORDS; place++) {
        known.add(lowAt(place), place);
      }
      index = known;
    }
    return known;
  }

  private long oldestPlace() {
    return openPlace - (long) full.size() * Segment.CAPACITY + from / WORDS;
  }

  /** Whether this id lies at a place. */
  boolean isAt(long place, long high, long low) {
    return wordAt(place, LOW) == low && wordAt(place, HIGH) == high;
  }

  /** The second half of the hash of the id at a place. */
  long lowAt(long place) {
    return wordAt(place, LOW);
  }

  private long wordAt(long place, int word) {
    long back = openPlace - 1 - place;
    long[] block = back < 0 ? open : full.get(full.size() - 1 - (int) (back >>> Segment.SHIFT));
    int row = back < 0 ? (int) (place - openPlace) : (int) (place - openPlace) & Segment.MASK;
    return block[row * WORDS + word];
  }

  void add(long high, long low, long contentHash, long timeMs) {
    makeRoom();
    open[to + TIME] = timeMs;
    open[to + HIGH] = high;
    open[to + LOW] = low;
    open[to + CONTENT] = contentHash;
    to += WORDS;
    if (index != null) {
      index.add(low, openPlace + to / WORDS - 1);
    }
    if (older != null && size() > StoredIds.BLOCK) {
      older.take(open, from);
      from += StoredIds.BLOCK * WORDS;
    }
  }

  private void makeRoom() {
    if (to < open.length) {
      return;
    }
    if (full.isEmpty() && from >= to / 2) {
      System.arraycopy(open, from, open, 0, to - from);
      openPlace += from / WORDS;
      to -= from;
      from = 0;
    } else if (open.length < BLOCK) {
      open = Arrays.copyOf(open, Math.min(BLOCK, 2 * open.length));
    } else {
      if (full.isEmpty()) {
        full = new ArrayList<>();
      }
      full.add(open);
      open = new long[BLOCK];
      openPlace += Segment.CAPACITY;
      to = 0;
    }
  }

  /** Forgets the ids of events up to and including {@code timeMs}. */
  public void forgetUpTo(long timeMs) {
    if (older != null) {
      older.forgetUpTo(timeMs);
      if (!older.isEmpty()) {
        return;
      }
    }
    while (true) {
      long[] oldest = block(0);
      int end = end(0);
      while (from < end && oldest[from + TIME] <= timeMs) {
        if (index != null) {
          index.remove(oldest[from + LOW], oldestPlace());
        }
        from += WORDS;
      }
      if (from < end || full.isEmpty()) {
        break;
      }
      full.remove(0);
      from = 0;
    }
    if (full.isEmpty() && from == to) {
      openPlace += to / WORDS;
      from = 0;
      to = 0;
    }
  }

  /** The time of the newest id; {@link Long#MIN_VALUE} when there is none. */
  public long newestMs() {
    if (to > 0 && (from < to || !full.isEmpty())) {
      return open[to - WORDS + TIME];
    }
    return full.isEmpty() ? Long.MIN_VALUE : full.get(full.size() - 1)[BLOCK - WORDS + TIME];
  }

  /** A log that can be changed without changing this one; takes over the index. */
  IdentityLog copy() {
    IdentityLog copy =
        new IdentityLog(full.isEmpty() ? List.of() : new ArrayList<>(full), open.clone());
    copy.from = from;
    copy.to = to;
    copy.openPlace = openPlace;
    copy.index = IdentityIndex.moved(index, copy);
    index = null;
    return copy;
  }

  /** A log with the same ids of which the older ones lie on disk. */
  IdentityLog keptIn(PartStore parts, int space) {
    IdentityLog kept = new IdentityLog();
    kept.older = new StoredIds(parts, space);
    copyInto(kept);
    return kept;
  }

  private void copyInto(IdentityLog other) {
    for (long place = oldestPlace(); place < openPlace + to / WORDS; place++) {
      other.add(
          wordAt(place, HIGH), wordAt(place, LOW), wordAt(place, CONTENT), wordAt(place, TIME));
    }
  }

  /** Writes what is not on disk. */
  void writeHead(StateOutput head) {
    Objects.requireNonNull(older).writeHead(head);
    writeOwn(head);
  }

  /** Reads what {@link #writeHead} wrote. */
  static IdentityLog open(StateInput head, PartStore parts, int space) {
    StoredIds older = StoredIds.read(parts, space, head);
    IdentityLog log = read(head);
    log.older = older;
    return log;
  }

  void write(StateOutput output) {
    if (older == null || older.isEmpty()) {
      writeOwn(output);
    } else {
      IdentityLog all = new IdentityLog();
      older.copyInto(all);
      copyInto(all);
      all.writeOwn(output);
    }
  }

  private void writeOwn(StateOutput output) {
    output.writeUnsigned(size());
    long before = 0;
    for (int b = 0; b <= full.size(); b++) {
      long[] block = block(b);
      for (int i = start(b); i < end(b); i += WORDS) {
        output.writeSigned(block[i + TIME] - before);
        before = block[i + TIME];
        output.writeFixed(block[i + HIGH]);
        output.writeFixed(block[i + LOW]);
        output.writeFixed(block[i + CONTENT]);
      }
    }
  }

  static IdentityLog read(StateInput input) {
    IdentityLog log = new IdentityLog();
    int count = input.readCount(1);
    long time = 0;
    for (int i = 0; i < count; i++) {
      long step = input.readSigned();
      if (i > 0 && step < 0) {
        throw new IllegalStateException("damaged state: found ids out of order");
      }
      time += step;
      log.add(input.readFixed(), input.readFixed(), input.readFixed(), time);
    }
    return log;
  }
}
