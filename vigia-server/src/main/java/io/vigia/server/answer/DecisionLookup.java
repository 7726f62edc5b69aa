package io.vigia.server.answer;

import io.vertx.core.Future;
import java.util.Optional;

/** Finds stored decisions. */
@FunctionalInterface
public interface DecisionLookup {

  /**
   * The bytes of the decision with an id; empty while it is not stored; fails while the store is
   * away.
   */
  Future<Optional<byte[]>> find(String id);
}
