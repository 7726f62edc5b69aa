package io.vigia.server.alert;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vigia.server.http.JsonAnswer;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.server.http.RequestParameters;
import io.vigia.server.store.Conditions;
import io.vigia.server.store.DatabaseWork;
import io.vigia.server.store.DecisionHandlers;
import io.vigia.server.store.PageCursor;
import io.vigia.server.store.StoreFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET /v1/alerts}. */
public final class AlertHandlers {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 1_000;
  private static final int SECONDS_MAX = 10;
  private static final Set<String> PARAMETERS =
      Set.of("pipeline", "alert", "outcome", "since", "until", "before", "limit");

  private final DatabaseWork work;

  public AlertHandlers(DatabaseWork work) {
    this.work = work;
  }

  /** A page of alerts, the newest first. */
  public void list(RoutingContext context) {
    RequestParameters parameters = new RequestParameters(context.queryParams(), PARAMETERS);
    int limit = parameters.number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    Conditions conditions =
        new Conditions()
            .add("pipeline = ?", parameters.text("pipeline"))
            .add("alert = ?", parameters.text("alert"))
            .add("outcome = ?", parameters.text("outcome"))
            .add("time >= ?", parameters.instant("since"))
            .add("time < ?", parameters.instant("until"))
            .before("time", "id", DecisionHandlers.cursor(parameters));
    if (!parameters.faults().isEmpty()) {
      ProblemAnswer.badRequest(String.join("; ", parameters.faults())).send(context.response());
      return;
    }
    work.run(connection -> find(connection, conditions, limit + 1))
        .onSuccess(alerts -> JsonAnswer.send(context.response(), 200, json(alerts, limit)))
        .onFailure(failure -> StoreFailure.of(failure).send(context.response()));
  }

  private static List<Alert> find(Connection connection, Conditions conditions, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + AlertTable.COLUMNS
                + " from alerts"
                + conditions.sql()
                + " order by time desc, id desc limit ?")) {
      select.setQueryTimeout(SECONDS_MAX);
      select.setInt(conditions.bind(select), limit);
      return AlertTable.read(select);
    }
  }

  private static Buffer json(List<Alert> alerts, int limit) {
    Buffer json = Buffer.buffer("{\"alerts\":[");
    @Nullable PageCursor next = null;
    for (int i = 0; i < Math.min(limit, alerts.size()); i++) {
      Alert alert = alerts.get(i);
      json.appendString(i == 0 ? "" : ",").appendBytes(alert.json());
      next = alerts.size() > limit ? new PageCursor(alert.time(), alert.id()) : null;
    }
    return json.appendString(next == null ? "],\"next\":null}" : "],\"next\":\"" + next + "\"}");
  }
}
