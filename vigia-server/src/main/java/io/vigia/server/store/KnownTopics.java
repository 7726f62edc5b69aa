package io.vigia.server.store;

import io.vigia.core.problem.EnvironmentException;
import io.vigia.server.topic.TopicRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The topics as they were at their first use, in PostgreSQL. */
public final class KnownTopics implements TopicRegistry {
  private final Database database;

  public KnownTopics(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, KnownTopic> read() {
    Map<String, KnownTopic> topics = new HashMap<>();
    try (Connection connection = database.connection();
        PreparedStatement select =
            connection.prepareStatement("select name, partitions, id from topics");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(1);
        topics.put(name, new KnownTopic(name, rows.getInt(2), rows.getString(3)));
      }
      return topics;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Remembers the topics, and forgets how far a topic was stored that was made anew. */
  @Override
  public void write(Collection<KnownTopic> topics) {
    try (Connection connection = database.connection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement forget =
              connection.prepareStatement(
                  "delete from positions where topic = ?"
                      + " and exists (select 1 from topics where name = ? and id <> ?)");
          PreparedStatement remember =
              connection.prepareStatement(
                  "insert into topics (name, partitions, id) values (?, ?, ?) on conflict (name)"
                      + " do update set partitions = excluded.partitions, id = excluded.id"
                      + " where topics.id <> excluded.id")) {
        for (KnownTopic topic : topics) {
          forget.setString(1, topic.name());
          forget.setString(2, topic.name());
          forget.setString(3, topic.id());
          forget.addBatch();
          remember.setString(1, topic.name());
          remember.setInt(2, topic.partitions());
          remember.setString(3, topic.id());
          remember.addBatch();
        }
        forget.executeBatch();
        remember.executeBatch();
        connection.commit();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static EnvironmentException failed(SQLException e) {
    return new EnvironmentException(
        "PostgreSQL does not keep the topics: " + e.getMessage(),
        "look at the log of PostgreSQL and start again",
        e);
  }
}
