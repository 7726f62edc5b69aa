package io.vigia.server.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.core.problem.Problem;
import io.vigia.wire.event.FieldProblem;
import java.util.List;

/** Problems of the input as they are sent: <code>{"code","field","message","help"}</code>. */
public final class ProblemJson {
  private ProblemJson() {}

  /** All of them, in their order. */
  public static JsonArray array(List<Problem> problems) {
    JsonArray array = new JsonArray();
    for (Problem problem : problems) {
      array.add(of(problem));
    }
    return array;
  }

  private static JsonObject of(Problem problem) {
    FieldProblem told = FieldProblem.of(problem);
    JsonObject json =
        new JsonObject()
            .put("code", told.code())
            .put("field", told.field())
            .put("message", told.message());
    if (!told.help().isEmpty()) {
      json.put("help", told.help());
    }
    return json;
  }
}
