package io.vigia.benchmarks.decide;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One of the two systems: where it listens, and which payment it is sent next.
 *
 * <p>Both are sent the same payments, each from the first on.
 */
record Contender(String name, int port, String path, AtomicLong next) {

  /** The number of the first of so many payments, which are now taken. */
  long take(int payments) {
    return next.getAndAdd(payments);
  }
}
