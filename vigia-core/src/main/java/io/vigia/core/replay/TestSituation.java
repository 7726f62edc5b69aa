package io.vigia.core.replay;

import io.vigia.core.decision.AlertLog;
import io.vigia.core.decision.Decision;
import io.vigia.core.decision.Decision.Fired;
import io.vigia.core.decision.Decision.NearMiss;
import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.TestDefinition.Expected;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was known when a test's event was decided, for who has to find out why it was decided
 * so.
 *
 * <p><b>Shape.</b> Lines without indentation:
 *
 * <pre>
 * event: payments at 2026-01-01T00:02:00Z, key c1
 *   payment_id  p9
 *   amount      900
 * decided: review, score 60
 *   velocity  review, score 60, 4 payments in 5 minutes
 * why not large: event.amount &gt; 1000 &amp;&amp; card_count_5m &gt; 3
 *   no   event.amount &gt; 1000  event.amount is 950
 *   yes  card_count_5m &gt; 3    card_count_5m is 4
 * features:
 *   card_count_5m  4
 * nearly: large, event.amount &gt; 1000, found 950
 * unknown: abroad, event.country is missing
 * in shadow: tried, block
 * </pre>
 */
final class TestSituation {
  private static final int NAME_MAX = 30;

  private final List<String> lines = new ArrayList<>();

  private TestSituation() {}

  static List<String> of(
      CompiledPipeline pipeline,
      Row row,
      Decision decision,
      AlertLog.Effects alerts,
      Expected expected) {
    TestSituation situation = new TestSituation();
    situation.event(row.event());
    situation.decision(decision);
    situation.told("alerts raised: ", alerts.raises());
    situation.told("alerts joined: ", alerts.joins());
    situation.told("alerts ended: ", alerts.ends());
    situation.lines.addAll(TestReasons.of(pipeline, row, decision, expected));
    situation.features(pipeline.features(row));
    for (NearMiss near : pipeline.nearMisses(row)) {
      situation.lines.add(
          "nearly: " + near.rule() + ", " + near.comparison() + ", found " + shown(near.found()));
    }
    for (Decision.Unknown unknown : decision.unknown()) {
      situation.lines.add("unknown: " + unknown.rule() + ", " + unknown.because());
    }
    for (Fired shadow : decision.shadow()) {
      situation.lines.add("in shadow: " + shadow.rule() + ", " + shadow.outcome());
    }
    if (row.givenUp() > 0) {
      situation.lines.add(
          "given up: " + row.givenUp() + " partial matches, of which a key can have 64");
    }
    return situation.lines;
  }

  private void event(Event event) {
    StreamSchema stream = event.stream();
    lines.add(
        "event: "
            + stream.name()
            + " at "
            + Instant.ofEpochMilli(event.timeMs())
            + ", key "
            + event.key());
    Slots values = event.values();
    List<String> names = new ArrayList<>();
    List<@Nullable Object> found = new ArrayList<>();
    for (int i = 0; i < stream.size(); i++) {
      names.add(stream.field(i).name().value());
      found.add(values.boxed(i, stream.type(i)));
    }
    table(names, found);
  }

  private void told(String what, List<String> names) {
    if (!names.isEmpty()) {
      lines.add(what + String.join(", ", names));
    }
  }

  private void decision(Decision decision) {
    lines.add("decided: " + decision.outcome() + ", score " + decision.score());
    List<String> names = new ArrayList<>();
    List<@Nullable Object> votes = new ArrayList<>();
    for (Fired fired : decision.rules()) {
      names.add(fired.rule());
      votes.add(
          fired.outcome()
              + ", score "
              + fired.score()
              + (fired.reason().isEmpty() ? "" : ", " + fired.reason()));
    }
    table(names, votes);
  }

  private void features(Map<String, @Nullable Object> features) {
    if (features.isEmpty()) {
      return;
    }
    lines.add("features:");
    List<String> names = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    features.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> parts) {
            parts.forEach(
                (part, each) -> {
                  names.add(name + "." + part);
                  values.add(each);
                });
          } else {
            names.add(name);
            values.add(value);
          }
        });
    table(names, values);
  }

  private void table(List<String> names, List<@Nullable Object> values) {
    int width = 0;
    for (String name : names) {
      width = Math.max(width, Math.min(NAME_MAX, name.length()));
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      lines.add(
          "  "
              + name
              + " ".repeat(Math.max(0, width - name.length()))
              + "  "
              + shown(values.get(i)));
    }
  }

  static String shown(@Nullable Object value) {
    return value == null
        ? "missing"
        : value instanceof BigDecimal decimal
            ? decimal.stripTrailingZeros().toPlainString()
            : value.toString();
  }
}
