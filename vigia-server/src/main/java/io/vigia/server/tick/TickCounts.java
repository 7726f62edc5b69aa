package io.vigia.server.tick;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What became of the ticks of one pipeline. Safe for several threads. */
final class TickCounts {
  private long sent;
  private @Nullable Instant reached;
  private @Nullable Instant passed;
  private @Nullable String failure;
  private long failingSinceNanos;

  /** The log is being given one. */
  synchronized void given() {
    sent++;
  }

  /** The log has taken one. */
  synchronized void taken() {
    failure = null;
  }

  /** The log has not taken one. */
  synchronized void refused(Exception why) {
    sent--;
    failed(why);
  }

  synchronized void failed(Exception why) {
    if (failure == null) {
      failingSinceNanos = System.nanoTime();
    }
    failure = String.valueOf(why.getMessage());
  }

  /** Time has come that far. */
  synchronized void reached(Instant time) {
    reached = time;
  }

  /** No event up to then is still to come. */
  synchronized void passed(Instant time) {
    passed = time;
  }

  /** Null as long as some partition has told no time. */
  synchronized @Nullable Instant passed() {
    return passed;
  }

  synchronized long sent() {
    return sent;
  }

  synchronized Duration failingFor() {
    return failure == null
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - failingSinceNanos);
  }

  synchronized String detail() {
    if (failure != null) {
      return "silent partitions are not told the time: " + failure;
    }
    return reached == null
        ? "no event yet"
        : "event time has come to %s, %d ticks"
            .formatted(reached.truncatedTo(ChronoUnit.SECONDS), sent);
  }
}
