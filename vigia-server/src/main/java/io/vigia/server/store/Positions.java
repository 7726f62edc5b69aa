package io.vigia.server.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far each partition of the decisions topics is stored. */
final class Positions {
  private Positions() {}

  /** The stored positions of some partitions; those that have none yet begin at 0. */
  static Map<TopicPartition, Long> read(
      Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    try (PreparedStatement begin =
        connection.prepareStatement(
            "insert into positions select topic, partition, 0"
                + " from unnest(?::text[], ?::int[]) as n(topic, partition)"
                + " on conflict do nothing")) {
      bind(connection, begin, partitions);
      begin.executeUpdate();
    }
    Map<TopicPartition, Long> positions = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select topic, partition, next_offset from positions"
                + " join unnest(?::text[], ?::int[]) as n(topic, partition)"
                + " using (topic, partition)")) {
      bind(connection, select, partitions);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
        }
      }
    }
    return positions;
  }

  /**
   * Moves positions on.
   *
   * @param expected what must stand there
   * @param next what shall stand there
   */
  static void move(
      Connection connection, Map<TopicPartition, Long> expected, Map<TopicPartition, Long> next)
      throws SQLException, StalePositionException {
    TopicPartition[] moved = next.keySet().toArray(new TopicPartition[0]);
    Object[] from = new Object[moved.length];
    Object[] to = new Object[moved.length];
    for (int i = 0; i < moved.length; i++) {
      from[i] = expected.getOrDefault(moved[i], -1L);
      to[i] = next.get(moved[i]);
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "update positions p set next_offset = n.next"
                + " from unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[])"
                + " as n(topic, partition, expected, next)"
                + " where p.topic = n.topic and p.partition = n.partition"
                + " and p.next_offset = n.expected")) {
      bind(connection, update, next.keySet());
      update.setArray(3, connection.createArrayOf("bigint", from));
      update.setArray(4, connection.createArrayOf("bigint", to));
      if (update.executeUpdate() != moved.length) {
        throw new StalePositionException();
      }
    }
  }

  /** Sets the first two parameters: the topics and the numbers of partitions. */
  static void bind(
      Connection connection, PreparedStatement statement, Collection<TopicPartition> partitions)
      throws SQLException {
    Array topics =
        connection.createArrayOf("text", partitions.stream().map(TopicPartition::topic).toArray());
    Array numbers =
        connection.createArrayOf(
            "int4", partitions.stream().map(TopicPartition::partition).toArray());
    statement.setArray(1, topics);
    statement.setArray(2, numbers);
  }
}
