package io.vigia.cli.events;

import io.vigia.wire.event.EventFile;
import io.vigia.wire.event.FileEvent;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of several streams in the order in which they would have arrived.
 *
 * <p><b>Shape.</b> Within a stream, the order of its files and lines is the order of arrival. Each
 * event arrives when the latest time that its stream has shown by then is reached, so that a late
 * one comes right behind the event before it. Of equal times the stream named first goes first.
 *
 * <pre>
 * payments     10:00  10:05  10:01  10:07
 * chargebacks  10:03  10:06
 * arrival      10:00p 10:03c 10:05p 10:01p 10:06c 10:07p
 * </pre>
 *
 * <p><b>Units and bounds.</b> One event a stream in memory; O(streams) an event. Owned by one
 * thread.
 */
public final class ArrivalOrder implements Closeable {
  private final List<Source> sources = new ArrayList<>();

  private static final class Source {
    private final EventFile file;
    private @Nullable FileEvent head;
    private long clockMs = Long.MIN_VALUE;

    Source(EventFile file) {
      this.file = file;
    }

    void advance() {
      FileEvent next = file.next();
      head = next;
      if (next != null) {
        clockMs = Math.max(clockMs, next.event().timeMs());
      }
    }
  }

  /** Of files that have been opened, in the order in which their streams were named. */
  public ArrivalOrder(List<EventFile> files) {
    for (EventFile file : files) {
      sources.add(new Source(file));
    }
  }

  /** Reads the first event of each stream. */
  public void start() {
    sources.forEach(Source::advance);
  }

  /** The next event; null behind the last one. */
  public @Nullable FileEvent next() {
    Source earliest = sources.get(0);
    for (int i = 1; i < sources.size(); i++) {
      Source source = sources.get(i);
      if (source.head != null && (earliest.head == null || source.clockMs < earliest.clockMs)) {
        earliest = source;
      }
    }
    FileEvent next = earliest.head;
    if (next != null) {
      earliest.advance();
    }
    return next;
  }

  /** How many lines were no good. */
  public long bad() {
    return sources.stream().mapToLong(source -> source.file.bad()).sum();
  }

  /** How much of the files has been read, from 0 to 1. */
  public double share() {
    long total = sources.stream().mapToLong(source -> source.file.totalBytes()).sum();
    long consumed = sources.stream().mapToLong(source -> source.file.consumedBytes()).sum();
    return total == 0 ? 1 : (double) consumed / total;
  }

  @Override
  public void close() {
    sources.forEach(source -> source.file.close());
  }
}
