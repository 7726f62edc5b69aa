package io.vigia.server.store;

/** Somebody else has stored what we were about to store: the partition is not ours any more. */
final class StalePositionException extends Exception {
  private static final long serialVersionUID = 1L;

  StalePositionException() {
    super("the stored position is not the one that was read");
  }
}
