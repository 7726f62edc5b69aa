package io.vigia.server.store;

import io.vigia.server.store.StoreBatch.TotalKey;
import io.vigia.server.store.StoreBatch.Unstored;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch of the decisions topics: decisions, answers, counts, alerts and the positions
 * behind them, all of it or nothing.
 *
 * <p><b>Units and bounds.</b> A handful of statements for each batch, whatever its size.
 *
 * <p><b>Errors.</b> {@link StalePositionException} where another gateway has the partition; {@link
 * SQLException} where PostgreSQL is away: the same batch may be tried again. A row that PostgreSQL
 * does not take is kept apart in {@code unstored}, so that it cannot hold up the others.
 */
final class DecisionStore {
  /*
   * The first decision of an id wins: the lowest offset of its partition, which is the order in
   * which a batch has them and in which batches come. Within a batch the first is taken when it is
   * filled; against earlier batches `on conflict do nothing` decides, and tells by `returning`
   * which rows are new.
   *
   * The arrays are unnested by PostgreSQL into rows: one statement and one round trip for thousands
   * of rows, planned once. A list cannot be an element of an unnested array, so rules travel joined
   * by a character that no name has.
   */
  private static final Logger LOG = LoggerFactory.getLogger(DecisionStore.class);

  private static final char SEPARATOR = '\u001f';

  private static final String INSERT =
      """
      insert into decisions (id, pipeline, stream, key, event_id, time, outcome, score, rules,
          version, event_partition, event_offset, body)
      select id, pipeline, stream, key, event_id,
          timestamptz 'epoch' + time_ms * interval '1 millisecond', outcome, score,
          coalesce(string_to_array(nullif(rules, ''), E'\\x1f'), '{}'),
          version, event_partition, event_offset, body
      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
          ?::bigint[], ?::text[], ?::int[], ?::int[], ?::bigint[], ?::bytea[])
        as n(id, pipeline, stream, key, event_id, time_ms, outcome, score, rules, version,
          event_partition, event_offset, body)
      on conflict (id) do nothing
      returning id
      """;

  private final EffectiveDecisions effective;

  DecisionStore(EffectiveDecisions effective) {
    this.effective = effective;
  }

  /**
   * Writes a batch whose partitions must stand at {@code expected}.
   *
   * @return the ids that had a decision already
   */
  List<UUID> write(Connection connection, StoreBatch batch, Map<TopicPartition, Long> expected)
      throws SQLException, StalePositionException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      Positions.move(connection, expected, batch.next());
      List<UUID> again = writeRows(connection, batch);
      connection.commit();
      done = true;
      return again;
    } finally {
      if (!done) {
        rollback(connection);
      }
    }
  }

  private List<UUID> writeRows(Connection connection, StoreBatch batch) throws SQLException {
    List<Unstored> unstored = new ArrayList<>(batch.unstored());
    Map<TotalKey, Long> counts = new TreeMap<>(batch.counts());
    EffectiveDecisions.Counter counter =
        (pipeline, kind, name, n) -> counts.merge(new TotalKey(pipeline, kind, name), n, Long::sum);
    List<UUID> again = new ArrayList<>(batch.again());
    List<DecisionRow> fresh = new ArrayList<>();
    Set<UUID> inserted = insert(connection, batch.decisions(), unstored, counter);
    for (DecisionRow row : batch.decisions()) {
      if (inserted.contains(row.id())) {
        fresh.add(row);
        counter.count(row.view().pipeline(), Totals.DECISION, row.view().outcome(), 1);
        if (row.view().givenUp() > 0) {
          counter.count(row.view().pipeline(), Totals.GIVEN_UP, "", row.view().givenUp());
        }
      } else {
        again.add(row.id());
        counter.count(row.view().pipeline(), Totals.AGAIN, "", 1);
      }
    }
    insertAnswers(connection, batch.answers());
    insertUnstored(connection, unstored);
    if (!fresh.isEmpty()) {
      effective.storing(connection, fresh, counter);
    }
    addTotals(connection, counts);
    return again;
  }

  /** Inserts the rows at once; where PostgreSQL does not take them, one by one. */
  private static Set<UUID> insert(
      Connection connection,
      List<DecisionRow> rows,
      List<Unstored> unstored,
      EffectiveDecisions.Counter counter)
      throws SQLException {
    if (rows.isEmpty()) {
      return Set.of();
    }
    Savepoint before = connection.setSavepoint();
    try {
      return insert(connection, rows);
    } catch (SQLException e) {
      if (!SqlStates.isAboutTheData(e)) {
        throw e;
      }
      connection.rollback(before);
    }
    Set<UUID> inserted = new HashSet<>();
    for (DecisionRow row : rows) {
      Savepoint each = connection.setSavepoint();
      try {
        inserted.addAll(insert(connection, List.of(row)));
        connection.releaseSavepoint(each);
      } catch (SQLException e) {
        if (!SqlStates.isAboutTheData(e)) {
          throw e;
        }
        connection.rollback(each);
        unstored.add(
            new Unstored(
                row.view().pipeline() + "/" + row.view().stream(),
                row.view().partition(),
                row.view().offset(),
                Reason.of(e),
                row.body()));
        counter.count(row.view().pipeline(), Totals.UNSTORED, "", 1);
      }
    }
    return inserted;
  }

  private static Set<UUID> insert(Connection connection, List<DecisionRow> rows)
      throws SQLException {
    Columns columns = new Columns(rows);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      columns.bind(connection, insert);
      Set<UUID> inserted = new HashSet<>(rows.size() * 2);
      try (ResultSet ids = insert.executeQuery()) {
        while (ids.next()) {
          inserted.add(ids.getObject(1, UUID.class));
        }
      }
      return inserted;
    }
  }

  private static void insertAnswers(Connection connection, Map<UUID, String[]> answers)
      throws SQLException {
    if (answers.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into answers (id, pipeline, answered) values (?, ?, ?)"
                + " on conflict do nothing")) {
      for (Map.Entry<UUID, String[]> answer : answers.entrySet()) {
        insert.setObject(1, answer.getKey());
        insert.setString(2, answer.getValue()[0]);
        insert.setString(3, answer.getValue()[1]);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insertUnstored(Connection connection, List<Unstored> unstored)
      throws SQLException {
    if (unstored.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into unstored values (?, ?, ?, ?, ?) on conflict do nothing")) {
      for (Unstored each : unstored) {
        LOG.warn(
            "record {}-{}@{} is kept apart: {}",
            each.topic(),
            each.partition(),
            each.offset(),
            each.reason());
        insert.setString(1, each.topic());
        insert.setInt(2, each.partition());
        insert.setLong(3, each.offset());
        insert.setString(4, each.reason());
        insert.setBytes(5, each.body());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void addTotals(Connection connection, Map<TotalKey, Long> counts)
      throws SQLException {
    // In one order everywhere, so that two gateways never wait for one another.
    try (PreparedStatement add =
        connection.prepareStatement(
            "insert into totals as t (pipeline, kind, name, n) values (?, ?, ?, ?)"
                + " on conflict (pipeline, kind, name) do update set n = t.n + excluded.n")) {
      for (Map.Entry<TotalKey, Long> count : new TreeMap<>(counts).entrySet()) {
        add.setString(1, count.getKey().pipeline());
        add.setString(2, count.getKey().kind());
        add.setString(3, count.getKey().name());
        add.setLong(4, count.getValue());
        add.addBatch();
      }
      add.executeBatch();
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is gone, and the transaction with it.
    }
  }

  /** The rows turned into columns. */
  private static final class Columns {
    private final Object[][] columns;

    Columns(List<DecisionRow> rows) {
      int n = rows.size();
      this.columns =
          new Object[][] {
            new Object[n], new Object[n], new Object[n], new Object[n], new Object[n],
            new Object[n], new Object[n], new Object[n], new Object[n], new Object[n],
            new Object[n], new Object[n], new byte[n][]
          };
      for (int i = 0; i < n; i++) {
        set(i, rows.get(i));
      }
    }

    private void set(int i, DecisionRow row) {
      Object[] values = {
        row.id(),
        row.view().pipeline(),
        row.view().stream(),
        row.view().key(),
        row.view().eventId(),
        row.view().timeMs(),
        row.view().outcome(),
        row.view().score(),
        String.join(String.valueOf(SEPARATOR), row.view().rules()),
        row.view().version(),
        row.view().partition(),
        row.view().offset(),
        row.body()
      };
      for (int column = 0; column < values.length; column++) {
        columns[column][i] = values[column];
      }
    }

    void bind(Connection connection, PreparedStatement statement) throws SQLException {
      String[] types = {
        "uuid", "text", "text", "text", "text", "int8", "text", "int8", "text", "int4", "int4",
        "int8", "bytea"
      };
      for (int column = 0; column < types.length; column++) {
        statement.setArray(column + 1, connection.createArrayOf(types[column], columns[column]));
      }
    }
  }
}
