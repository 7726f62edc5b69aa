package io.vigia.cli.send;

import io.vigia.cli.gateway.Address;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A time in which the server takes nothing: waits before each new attempt, says so once, and gives
 * up in the end.
 *
 * <p><b>Units and bounds.</b> Attempts are {@value #WAIT_LEAST_MS} ms apart at first and {@value
 * #WAIT_MOST_MS} ms in the end, or as far as the server asks.
 */
final class Outage {
  private static final long WAIT_LEAST_MS = 100;
  private static final long WAIT_MOST_MS = 5_000;

  private final Address server;
  private final Duration most;
  private final Terminal terminal;
  private long sinceNanos;
  private long waitMs = WAIT_LEAST_MS;
  private boolean began;
  private boolean told;

  Outage(Address server, Duration most, Terminal terminal) {
    this.server = server;
    this.most = most;
    this.terminal = terminal;
  }

  /**
   * Waits before the next attempt.
   *
   * @param failure what the last one met
   * @param askedMs how long the server asks to wait, or 0
   */
  void await(String failure, long askedMs) {
    long now = System.nanoTime();
    if (!began) {
      began = true;
      sinceNanos = now;
    }
    if (now - sinceNanos > most.toNanos()) {
      throw new EnvironmentException(
          server + " has taken nothing for " + Figures.seconds(most) + ": " + failure,
          "start it with `vigia run FILE`, or say where it is with --to; the same call then goes"
              + " on");
    }
    // A queue that is full for a moment is no news.
    if (!told && (askedMs == 0 || now - sinceNanos > TimeUnit.SECONDS.toNanos(2))) {
      told = true;
      terminal.note(server + ": " + failure + "; trying again for up to " + Figures.seconds(most));
    }
    try {
      TimeUnit.MILLISECONDS.sleep(Math.max(askedMs, waitMs));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted", "call again to go on", e);
    }
    waitMs = Math.min(WAIT_MOST_MS, waitMs * 2);
  }

  /** The server answers. */
  void end() {
    if (told) {
      terminal.note(
          server
              + " answers again after "
              + Figures.seconds(Duration.ofNanos(System.nanoTime() - sinceNanos)));
    }
  }
}
