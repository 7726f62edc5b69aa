package io.vigia.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that this gateway stores: for each an advisory lock of PostgreSQL, held by one
 * connection and gone with it.
 */
final class PartitionLocks {
  /*
   * PostgreSQL frees the locks when the connection ends, which is at once when the process dies.
   * When the whole machine dies nobody says goodbye, so PostgreSQL is asked to find out within
   * seconds.
   */
  private static final String KEEP_ALIVE =
      "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3";

  private final Connection connection;
  private final Set<TopicPartition> others;

  /** No lock yet, for some partitions. */
  PartitionLocks(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    this.connection = connection;
    this.others = new HashSet<>(partitions);
    try (Statement statement = connection.createStatement()) {
      statement.execute(KEEP_ALIVE);
    }
  }

  /** Takes those that nobody has. */
  List<TopicPartition> takeFree() throws SQLException {
    List<TopicPartition> taken = new ArrayList<>();
    connection.setAutoCommit(true);
    try (PreparedStatement take =
        connection.prepareStatement(
            "select n.topic, n.partition from unnest(?::text[], ?::int[]) as n(topic, partition)"
                + " where pg_try_advisory_lock("
                + "hashtextextended('vigia.store.' || n.topic || '-' || n.partition, 0))")) {
      Positions.bind(connection, take, others);
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          taken.add(new TopicPartition(rows.getString(1), rows.getInt(2)));
        }
      }
    }
    taken.forEach(others::remove);
    return taken;
  }
}
