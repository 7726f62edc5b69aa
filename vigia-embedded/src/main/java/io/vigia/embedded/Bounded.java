package io.vigia.embedded;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs steps of a stop that must not keep the process alive when they hang. */
final class Bounded {
  private static final Logger log = LoggerFactory.getLogger(Bounded.class);

  private Bounded() {}

  /** Runs {@code step} and waits for it at most {@code max}; says whether it ended in time. */
  static boolean run(String name, Duration max, Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (Exception e) {
                log.warn("{}: {}", name, Reasons.of(e));
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(Math.max(1, max.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.warn("{} did not end within {} ms", name, max.toMillis());
      return false;
    }
    return true;
  }

  /** A step that may fail. */
  interface Step {
    void run() throws Exception;
  }
}
