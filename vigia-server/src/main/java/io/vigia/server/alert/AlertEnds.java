package io.vigia.server.alert;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.alert.AlertTable.Group;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Ends open alerts, and says again those that are still open.
 *
 * <p><b>Units and bounds.</b> What hangs on quiet and on repetition goes by the clock and is looked
 * after every few seconds. Of several gateways one does it: the row decides.
 */
final class AlertEnds {
  private static final String GROUP = " where pipeline = ? and alert = ? and resolved_at is null";

  private final Map<String, CompiledPipeline> pipelines;
  private final InstantSource clock;

  AlertEnds(Map<String, CompiledPipeline> pipelines, InstantSource clock) {
    this.pipelines = Map.copyOf(pipelines);
    this.clock = clock;
  }

  /**
   * A decision that ends the alerts of a group.
   *
   * <p><b>Shape.</b> {@code time} is that of its event: alerts of later events stay open.
   */
  record Resolution(Group group, UUID decision, Instant time) {
    boolean covers(Alert alert) {
      return alert.span().isEndedBy(time.toEpochMilli());
    }

    Alert.End end(Instant now) {
      return new Alert.End(now, decision, time);
    }
  }

  /** Ends the alerts that stand in the table, in the order given. */
  static void resolve(Connection connection, List<Resolution> resolutions, Instant now)
      throws SQLException {
    if (resolutions.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "update alerts set resolved_at = ?, resolved_by = ?, closed = ?, published = false"
                + GROUP
                + " and left(group_key, 200) = left(?, 200) and group_key = ? and time <= ?")) {
      for (Resolution each : resolutions) {
        update.setObject(1, AlertTable.moment(now));
        update.setObject(2, each.decision);
        update.setObject(3, AlertTable.moment(each.time));
        update.setString(4, each.group.pipeline());
        update.setString(5, each.group.alert());
        update.setString(6, each.group.key());
        update.setString(7, each.group.key());
        update.setObject(8, AlertTable.moment(each.time));
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** Ends what has been quiet for long enough, and marks what is to be said again. */
  void sweep(Connection connection) throws SQLException {
    Instant now = clock.instant();
    for (CompiledPipeline pipeline : pipelines.values()) {
      for (AlertDefinition alert : pipeline.alerts()) {
        if (alert.resolveAfterMs() > 0) {
          run(
              connection,
              "update alerts set resolved_at = ?, closed = time, published = false"
                  + GROUP
                  + " and coalesce(joined_at, raised_at) <= ?",
              pipeline.name(),
              alert,
              now,
              alert.quietSinceMs(now.toEpochMilli()));
        }
        if (alert.repeatMs() > 0) {
          run(
              connection,
              "update alerts set repeated_at = ?, repeats = repeats + 1, published = false"
                  + GROUP
                  + " and published and coalesce(repeated_at, raised_at) <= ?",
              pipeline.name(),
              alert,
              now,
              alert.saidSinceMs(now.toEpochMilli()));
        }
      }
    }
  }

  private static void run(
      Connection connection,
      String sql,
      String pipeline,
      AlertDefinition alert,
      Instant now,
      long untilMs)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, AlertTable.moment(now));
      update.setString(2, pipeline);
      update.setString(3, alert.name().value());
      update.setObject(4, AlertTable.moment(Instant.ofEpochMilli(untilMs)));
      update.executeUpdate();
    }
  }
}
