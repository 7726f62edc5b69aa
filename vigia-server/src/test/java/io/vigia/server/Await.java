package io.vigia.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process does. */
final class Await {
  private static final Duration MAX = Duration.ofSeconds(20);

  private Await() {}

  /** Looks again and again until a condition holds. */
  static void until(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + MAX.toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    throw new AssertionError("waited in vain for " + what, last);
  }
}
