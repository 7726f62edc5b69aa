package io.vigia.server.ingest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.core.problem.Problem;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.wire.event.ProblemJson;
import java.util.List;

/** What the sender of an event is told that was not taken. */
final class RefusedEvent {
  private static final String TYPE = "event-refused";
  private static final String TITLE = "the event was refused";

  private RefusedEvent() {}

  /** An event that the gateway refuses. */
  static ProblemAnswer of(List<Problem> problems) {
    String detail = problems.isEmpty() ? "" : problems.get(0).message();
    return ProblemAnswer.of(ProblemJson.status(problems), TYPE, TITLE, detail).problems(problems);
  }

  /** An event that the processor has refused, with its own words. */
  static ProblemAnswer of(JsonObject problem) {
    int status = problem.getInteger("status", 400);
    return ProblemAnswer.of(
            status >= 400 && status < 500 ? status : 400,
            TYPE,
            TITLE,
            problem.getString("detail", "the processor did not take it"))
        .with("problems", problem.getJsonArray("problems", new JsonArray()));
  }
}
