package io.vigia.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads stored decisions. */
public final class DecisionQueries {
  private static final int SECONDS_MAX = 10;
  private static final int ROWS_AT_ONCE = 500;
  private static final String FROM = " from decisions d left join answers a using (id)";

  private DecisionQueries() {}

  /** The decision with an id. */
  public static Optional<StoredBody> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select d.body, a.answered" + FROM + " where d.id = ?")) {
      select.setQueryTimeout(SECONDS_MAX);
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new StoredBody(row.getBytes(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  /** What was answered for an id while there was no decision. */
  public static Optional<String> answered(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select answered from answers where id = ?")) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** A page of decisions, the newest first. */
  public static Page page(
      Connection connection, DecisionFilter filter, @Nullable PageCursor before, int limit)
      throws SQLException {
    Conditions conditions = filter.conditions().before("d.time", "d.id", before);
    try (PreparedStatement select =
        connection.prepareStatement(
            "select d.body, a.answered, d.time, d.id"
                + FROM
                + conditions.sql()
                + " order by d.time desc, d.id desc limit ?")) {
      select.setQueryTimeout(SECONDS_MAX);
      select.setInt(conditions.bind(select), limit + 1);
      List<StoredBody> bodies = new ArrayList<>();
      PageCursor last = null;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (bodies.size() == limit) {
            return new Page(bodies, last);
          }
          bodies.add(new StoredBody(row.getBytes(1), row.getString(2)));
          last =
              new PageCursor(
                  row.getObject(3, OffsetDateTime.class).toInstant(), row.getObject(4, UUID.class));
        }
      }
      return new Page(bodies, null);
    }
  }

  /**
   * All decisions, ordered by pipeline, stream and the event's partition and offset, read in
   * portions.
   *
   * @param sink takes each; ends the reading by false
   */
  public static void export(Connection connection, DecisionFilter filter, Sink sink)
      throws SQLException {
    Conditions conditions = filter.conditions();
    connection.setAutoCommit(false);
    try (PreparedStatement select =
        connection.prepareStatement(
            "select d.body, a.answered"
                + FROM
                + conditions.sql()
                + " order by d.pipeline, d.stream, d.event_partition, d.event_offset")) {
      select.setFetchSize(ROWS_AT_ONCE);
      conditions.bind(select);
      try (ResultSet row = select.executeQuery()) {
        boolean wanted = true;
        while (wanted && row.next()) {
          wanted = sink.take(new StoredBody(row.getBytes(1), row.getString(2)));
        }
      }
    } finally {
      connection.rollback();
    }
  }

  /**
   * How many effective decisions of a pipeline are stored more than once, counted by what makes an
   * event itself. Reads the whole table.
   */
  public static long duplicates(Connection connection, String pipeline) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select count(*) - count(distinct (stream, key, event_id)) from decisions"
                + " where pipeline = ?")) {
      select.setString(1, pipeline);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** Some decisions, and where the next ones begin; null at the end. */
  public record Page(List<StoredBody> decisions, @Nullable PageCursor next) {
    public Page {
      decisions = List.copyOf(decisions);
    }
  }

  /** Takes rows one by one. */
  @FunctionalInterface
  public interface Sink {
    /** False when no more are wanted. */
    boolean take(StoredBody decision);
  }
}
