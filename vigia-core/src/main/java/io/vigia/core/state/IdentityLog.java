package io.vigia.core.state;

import io.vigia.core.event.EventId;
import io.vigia.core.event.FieldType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids that one key of a stream has used within the stream's {@code dedupe}, each with the hash
 * of its content.
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
  /** Up to here a scan is as fast as an index and needs no memory. */
  private static final int SCANNED = 32;

  private static final LogLayout LAYOUT =
      new LogLayout(List.of(FieldType.DOUBLE, FieldType.DOUBLE, FieldType.DOUBLE), 0, false);
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int CONTENT = 2;

  private final EventLog log;
  private @Nullable Map<EventId, Long> index;

  public IdentityLog() {
    this(new EventLog(LAYOUT));
  }

  private IdentityLog(EventLog log) {
    this.log = log;
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

  /** Whether an id is known, and with the same content. */
  public Answer find(EventId id, long contentHash) {
    Long known = contentOf(id);
    if (known == null) {
      return Answer.NEW;
    }
    return known == contentHash ? Answer.REPEAT : Answer.CONFLICT;
  }

  private @Nullable Long contentOf(EventId id) {
    if (log.end() - log.first() > SCANNED) {
      return index().get(id);
    }
    for (long i = log.first(); i < log.end(); i++) {
      if (log.number(i, HIGH) == id.high() && log.number(i, LOW) == id.low()) {
        return log.number(i, CONTENT);
      }
    }
    return null;
  }

  private Map<EventId, Long> index() {
    Map<EventId, Long> known = index;
    if (known == null) {
      known = new HashMap<>();
      for (long i = log.first(); i < log.end(); i++) {
        known.put(idAt(i), log.number(i, CONTENT));
      }
      index = known;
    }
    return known;
  }

  private EventId idAt(long i) {
    return new EventId(log.number(i, HIGH), log.number(i, LOW));
  }

  /** Remembers a new id. */
  public void add(EventId id, long contentHash, long timeMs) {
    long i = log.insert(timeMs, 0);
    log.setNumber(i, HIGH, id.high());
    log.setNumber(i, LOW, id.low());
    log.setNumber(i, CONTENT, contentHash);
    if (index != null) {
      index.put(id, contentHash);
    }
  }

  /** Forgets the ids of events up to and including {@code timeMs}. */
  public void forgetUpTo(long timeMs) {
    long keep = log.first();
    while (keep < log.end() && log.time(keep) <= timeMs) {
      if (index != null) {
        index.remove(idAt(keep));
      }
      keep++;
    }
    log.dropBefore(keep);
  }

  /** The time of the newest id; {@link Long#MIN_VALUE} when there is none. */
  public long newestMs() {
    return log.isEmpty() ? Long.MIN_VALUE : log.time(log.end() - 1);
  }

  /** A log that can be changed without changing this one; takes over the index. */
  IdentityLog copy() {
    IdentityLog copy = new IdentityLog(log.copy());
    copy.index = index;
    index = null;
    return copy;
  }

  void write(StateOutput output) {
    log.write(output);
  }

  static IdentityLog read(StateInput input) {
    return new IdentityLog(EventLog.read(LAYOUT, input));
  }
}
