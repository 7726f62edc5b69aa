package io.vigia.cli.terminal;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How far long work is: one line that is rewritten on a terminal, a line now and then otherwise.
 *
 * <p><b>Units and bounds.</b> At most ten lines a second on a terminal, one every five seconds
 * elsewhere; the first after that time, so that short work shows none. Owned by one thread.
 */
public final class Progress implements AutoCloseable {
  private static final long LIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Terminal terminal;
  private final long everyNanos;
  private long dueNanos;

  public Progress(Terminal terminal) {
    this.terminal = terminal;
    this.everyNanos = terminal.isLive() ? LIVE_NANOS : PLAIN_NANOS;
    this.dueNanos = System.nanoTime() + everyNanos;
  }

  /** Shows the line if it is time to. */
  public void show(Supplier<String> line) {
    long now = System.nanoTime();
    if (now - dueNanos >= 0) {
      dueNanos = now + everyNanos;
      terminal.line(line.get());
    }
  }

  /** Takes the line away. */
  @Override
  public void close() {
    terminal.hideLine();
  }
}
