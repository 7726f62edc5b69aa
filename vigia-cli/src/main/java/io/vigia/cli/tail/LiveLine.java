package io.vigia.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.terminal.Columns;
import io.vigia.cli.terminal.Ink;
import io.vigia.core.event.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A decision or an alert as one line.
 *
 * <p><b>Shape.</b>
 *
 * <pre>
 * 2026-01-01T00:02:00Z  block      95  payments p9  card c1  testing: 4 payments in 5 minutes
 * 2026-01-01T00:02:00Z  ALERT  fraud_desk  card c1  block  4 payments in 5 minutes
 * </pre>
 */
final class LiveLine {
  private static final int TIME = 24;

  private final Ink ink;
  private final Map<String, List<String>> outcomes = new TreeMap<>();

  /**
   * Lines with colours by severity.
   *
   * @param pipelines the answer of {@code GET /v1/pipelines}, which says what is severe
   */
  LiveLine(Ink ink, JsonNode pipelines) {
    this.ink = ink;
    for (JsonNode pipeline : pipelines.path("pipelines")) {
      List<String> names = new ArrayList<>();
      pipeline.path("outcomes").forEach(outcome -> names.add(outcome.asText()));
      outcomes.put(pipeline.path("pipeline").asText(), names);
    }
  }

  String decision(JsonNode decision) {
    return Columns.left(decision.path("time").asText(), TIME)
        + outcome(decision, 10)
        + Columns.right(decision.path("score").asText(), 4)
        + "  "
        + decision.path("stream").asText()
        + " "
        + ink.strong(decision.path("event_id").asText())
        + "  "
        + Identity.readable(decision.path("key").asText())
        + reasons(decision);
  }

  private static String reasons(JsonNode decision) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < decision.path("rules").size(); i++) {
      String reason = decision.path("reasons").path(i).asText("");
      told.add(decision.path("rules").path(i).asText() + (reason.isEmpty() ? "" : ": " + reason));
    }
    return told.isEmpty() ? "" : "  " + String.join("; ", told);
  }

  String alert(JsonNode alert) {
    List<String> group = new ArrayList<>();
    alert
        .path("group")
        .properties()
        .forEach(entry -> group.add(entry.getKey() + " " + entry.getValue().asText()));
    List<String> reasons = new ArrayList<>();
    alert.path("reasons").forEach(reason -> reasons.add(reason.asText()));
    return Columns.left(alert.path("time").asText(), TIME)
        + (alert.path("resolved_at").isTextual() ? ink.good("OVER ") : ink.bad("ALERT"))
        + "  "
        + alert.path("alert").asText()
        + "  "
        + ink.strong(String.join(", ", group))
        + "  "
        + outcome(alert, 0)
        + (reasons.isEmpty() ? "" : "  " + String.join("; ", reasons));
  }

  private String outcome(JsonNode of, int width) {
    String outcome = of.path("outcome").asText();
    List<String> known = outcomes.getOrDefault(of.path("pipeline").asText(), List.of());
    String text = Columns.left(outcome, width);
    int severity = known.indexOf(outcome);
    if (severity <= 0) {
      return ink.good(text);
    }
    return severity == known.size() - 1 ? ink.bad(text) : ink.doubtful(text);
  }
}
