package io.vigia.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Is told of each decision exactly once: when it is stored for the first time. */
public interface EffectiveDecisions {

  /**
   * Decisions that are being stored, in the order of their partitions; what is written with the
   * connection stands or falls with them.
   */
  void storing(Connection connection, List<DecisionRow> decisions, Counter counter)
      throws SQLException;

  /** They are stored. */
  void stored();

  /** Counts into the same transaction. */
  @FunctionalInterface
  interface Counter {
    void count(String pipeline, String kind, String name, long n);
  }
}
