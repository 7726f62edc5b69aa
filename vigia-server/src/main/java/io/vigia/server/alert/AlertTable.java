package io.vigia.server.alert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The alerts as rows of PostgreSQL. */
final class AlertTable {
  /** The columns that {@link #alert} reads, in its order. */
  static final String COLUMNS =
      "id, pipeline, alert, group_key, outcome, time, raised_at, decision, reasons, count, repeats,"
          + " resolved_at, resolved_by, closed";

  private AlertTable() {}

  /** Keeps other gateways from raising alerts of these pipelines until the transaction ends. */
  static void lock(Connection connection, Collection<String> pipelines) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select pg_advisory_xact_lock(hashtextextended('vigia.alerts.' || ?, 0))")) {
      // In one order everywhere, so that two gateways never wait for one another.
      for (String pipeline : pipelines.stream().sorted().toList()) {
        lock.setString(1, pipeline);
        lock.execute();
      }
    }
  }

  /** The alerts of some groups, each within a span of time. */
  static List<Alert> find(Connection connection, Collection<Span> spans) throws SQLException {
    List<Span> asked = List.copyOf(spans);
    try (PreparedStatement select =
        connection.prepareStatement(
            "select a."
                + COLUMNS.replace(", ", ", a.")
                + " from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[],"
                + " ?::timestamptz[]) as s(pipeline, alert, group_key, since, until) join alerts a"
                + " on a.pipeline = s.pipeline and a.alert = s.alert and left(a.group_key, 200) ="
                + " left(s.group_key, 200) and a.group_key = s.group_key and a.time > s.since and"
                + " a.time < s.until")) {
      bind(select, 1, "text", asked.stream().map(span -> span.group.pipeline()));
      bind(select, 2, "text", asked.stream().map(span -> span.group.alert()));
      bind(select, 3, "text", asked.stream().map(span -> span.group.key()));
      bind(select, 4, "timestamptz", asked.stream().map(span -> moment(span.since)));
      bind(select, 5, "timestamptz", asked.stream().map(span -> moment(span.until)));
      return read(select);
    }
  }

  /** New alerts, not yet published. */
  static void insert(Connection connection, Collection<Alert> alerts) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into alerts ("
                + COLUMNS
                + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
      for (Alert alert : alerts) {
        insert.setObject(1, alert.id());
        insert.setString(2, alert.pipeline());
        insert.setString(3, alert.alert());
        insert.setString(4, alert.group());
        insert.setString(5, alert.outcome());
        insert.setObject(6, moment(alert.time()));
        insert.setObject(7, moment(alert.raisedAt()));
        insert.setObject(8, alert.decision());
        insert.setArray(9, connection.createArrayOf("text", alert.reasons().toArray()));
        insert.setLong(10, alert.count());
        insert.setInt(11, alert.repeats());
        Alert.End end = alert.end();
        insert.setObject(12, end == null ? null : moment(end.at()));
        insert.setObject(13, end == null ? null : end.by());
        insert.setObject(14, end == null ? null : moment(end.closed()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Adds to the counts of alerts that were there before. */
  static void add(Connection connection, Map<UUID, Long> folded, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update alerts set count = count + ?, joined_at = ? where id = ?")) {
      for (Map.Entry<UUID, Long> each : folded.entrySet()) {
        update.setLong(1, each.getValue());
        update.setObject(2, moment(now));
        update.setObject(3, each.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /**
   * Alerts that are not on their topic yet, the oldest first, taken hold of until the transaction
   * ends.
   */
  static List<Alert> unpublished(Connection connection, Collection<String> pipelines, int max)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + " from alerts where not published and pipeline = any(?)"
                + " order by raised_at limit ? for update skip locked")) {
      select.setArray(1, connection.createArrayOf("text", pipelines.toArray()));
      select.setInt(2, max);
      return read(select);
    }
  }

  /** Notes that alerts are on their topic. */
  static void published(Connection connection, Collection<Alert> alerts) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update alerts set published = true where id = any(?)")) {
      update.setArray(
          1, connection.createArrayOf("uuid", alerts.stream().map(Alert::id).toArray()));
      update.executeUpdate();
    }
  }

  /** Runs a query that selects {@link #COLUMNS}. */
  static List<Alert> read(PreparedStatement select) throws SQLException {
    List<Alert> alerts = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        alerts.add(alert(rows));
      }
    }
    return alerts;
  }

  private static Alert alert(ResultSet row) throws SQLException {
    return new Alert(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        row.getObject(8, UUID.class),
        Arrays.asList((String[]) row.getArray(9).getArray()),
        row.getLong(10),
        row.getInt(11),
        end(row));
  }

  private static Alert.@Nullable End end(ResultSet row) throws SQLException {
    OffsetDateTime at = row.getObject(12, OffsetDateTime.class);
    OffsetDateTime closed = row.getObject(14, OffsetDateTime.class);
    return at == null || closed == null
        ? null
        : new Alert.End(at.toInstant(), row.getObject(13, UUID.class), closed.toInstant());
  }

  static OffsetDateTime moment(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static void bind(
      PreparedStatement statement,
      int parameter,
      String type,
      java.util.stream.Stream<? extends @Nullable Object> values)
      throws SQLException {
    statement.setArray(parameter, statement.getConnection().createArrayOf(type, values.toArray()));
  }

  /** What makes alerts the same. */
  record Group(String pipeline, String alert, String key) {}

  /** A group within a span of event time, both ends open. */
  record Span(Group group, Instant since, Instant until) {
    Span with(Instant time, long cooldownMs) {
      Instant from = time.minusMillis(cooldownMs);
      Instant to = time.plusMillis(cooldownMs);
      return new Span(group, from.isBefore(since) ? from : since, to.isAfter(until) ? to : until);
    }
  }
}
