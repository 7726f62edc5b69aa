package io.vigia.core.replay;

import io.vigia.core.decision.AlertLog;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Lists;
import io.vigia.core.event.Row;
import io.vigia.core.event.TextValue;
import io.vigia.core.expr.Variable;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.pipeline.TestDefinition.Expected;
import io.vigia.core.pipeline.TestEvents;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the tests of a pipeline file in virtual time. */
public final class PipelineTest {
  private final CompiledPipeline pipeline;

  public PipelineTest(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * What a test found.
   *
   * @param failures empty when it passed
   */
  public record Report(Text name, int events, List<Failure> failures) {
    public Report {
      failures = List.copyOf(failures);
    }

    public boolean passed() {
      return failures.isEmpty();
    }
  }

  /**
   * One expectation that was not met: for which event, what was expected, what was found.
   *
   * <p><b>Shape.</b> {@code situation} has all that was known at that event, in lines for people:
   * the event, the decision, the features; empty where there was no such event.
   */
  public record Failure(
      Place place,
      String eventId,
      String what,
      String expected,
      String found,
      List<String> situation) {
    public Failure {
      situation = List.copyOf(situation);
    }
  }

  /**
   * The failures as a person reads them, one event after the other.
   *
   * <p><b>Shape.</b> For each event its place and id, then what was not met, then its situation;
   * what belongs to an event is indented by two.
   */
  public static List<String> describe(List<Failure> failures) {
    Map<String, List<Failure>> byEvent = new LinkedHashMap<>();
    failures.forEach(
        failure ->
            byEvent.computeIfAbsent(failure.eventId(), id -> new ArrayList<>()).add(failure));
    List<String> lines = new ArrayList<>();
    byEvent.forEach(
        (id, ofEvent) -> {
          Place place = ofEvent.get(0).place();
          lines.add(place.file() + ":" + place.line() + "  event " + id);
          for (Failure failure : ofEvent) {
            lines.add(
                "  "
                    + failure.what()
                    + ": expected "
                    + failure.expected()
                    + ", found "
                    + failure.found());
          }
          ofEvent.get(0).situation().forEach(line -> lines.add("  " + line));
        });
    return lines;
  }

  /** Runs one test from the beginning of time. */
  public Report run(TestDefinition test) {
    Replay replay = new Replay(pipeline, 1);
    Lists lists = pipeline.newLists();
    replay.useLists(lists);
    Map<String, Decided> decided = new LinkedHashMap<>();
    AlertLog alerts = new AlertLog(pipeline.alerts());
    int events = 0;
    for (TestEvents.Moment moment : new TestEvents(pipeline).of(test)) {
      Event event = moment.event();
      moment.changes().forEach(lists::apply);
      if (event == null && moment.changes().isEmpty()) {
        replay.advanceTo(moment.untilMs());
      } else if (event != null) {
        events++;
        take(replay.process(event), alerts, moment.untilMs(), decided);
      }
      replay.takeSilences().forEach(each -> take(each, alerts, moment.untilMs(), decided));
    }
    List<Failure> failures = new ArrayList<>();
    test.expect().forEach((id, expected) -> check(id, expected, decided, failures));
    checkNever(test.never(), decided, failures);
    return new Report(test.name(), events, failures);
  }

  private void take(
      Replay.Result result, AlertLog alerts, long nowMs, Map<String, Decided> decided) {
    Decision decision = result.decision();
    if (decision != null) {
      decided.put(
          decision.event().id(),
          new Decided(
              pipeline,
              decision,
              result.row(),
              pipeline.features(result.row()),
              alerts.take(decision, nowMs)));
    }
  }

  private record Decided(
      CompiledPipeline pipeline,
      Decision decision,
      Row row,
      Map<String, @Nullable Object> features,
      AlertLog.Effects alerts) {
    /** The failure that it happened at all. */
    Failure happened(Text name, String expected) {
      Expected nothing = new Expected(null, null, null, null, Map.of(), name.place());
      return new Failure(
          name.place(),
          decision.event().id(),
          "never",
          expected,
          "one at " + Instant.ofEpochMilli(decision.event().timeMs()),
          situation(nothing));
    }

    List<String> situation(Expected expected) {
      return TestSituation.of(pipeline, row, decision, alerts, expected);
    }
  }

  private static void check(
      String id, Expected expected, Map<String, Decided> decided, List<Failure> failures) {
    Decided found = decided.get(id);
    if (found == null) {
      failures.add(
          new Failure(
              expected.place(),
              id,
              "decision",
              "a decision for event '" + id + "'",
              "decisions for " + decided.keySet(),
              List.of()));
      return;
    }
    Decision decision = found.decision;
    Checker checker = new Checker(id, expected, found, failures);
    if (expected.outcome() != null) {
      checker.check("outcome", expected.outcome().value(), decision.outcome());
    }
    if (expected.rules() != null) {
      checker.check(
          "rules",
          expected.rules().stream().map(Text::value).toList().toString(),
          decision.rules().stream().map(Decision.Fired::rule).toList().toString());
    }
    if (expected.score() != null) {
      checker.check("score", expected.score().toString(), Long.toString(decision.score()));
    }
    if (expected.reasons() != null) {
      checker.check(
          "reasons",
          expected.reasons().stream().map(Text::value).toList().toString(),
          decision.rules().stream().map(Decision.Fired::reason).toList().toString());
    }
    checker.checkNames("alerts", expected.alerts(), found.alerts.raises());
    checker.checkNames("resolves", expected.resolves(), found.alerts.ends());
    expected
        .features()
        .forEach(
            (name, value) ->
                checker.checkFeature(name, value.text() == null ? null : value.text().value()));
  }

  /** The first that happened of each that must not. */
  private static void checkNever(
      TestDefinition.Never never, Map<String, Decided> decided, List<Failure> failures) {
    for (Text pattern : never.silences()) {
      decided.values().stream()
          .filter(each -> each.decision.event().stream().name().equals(pattern.value()))
          .findFirst()
          .ifPresent(each -> failures.add(each.happened(pattern, "no silence '" + pattern + "'")));
    }
    for (Text alert : never.alerts()) {
      decided.values().stream()
          .filter(each -> each.alerts.raises().contains(alert.value()))
          .findFirst()
          .ifPresent(each -> failures.add(each.happened(alert, "no alert '" + alert + "'")));
    }
  }

  private record Checker(String id, Expected expected, Decided found, List<Failure> failures) {
    void check(String what, String wanted, String got) {
      if (!wanted.equals(got)) {
        failures.add(
            new Failure(expected.place(), id, what, wanted, got, found.situation(expected)));
      }
    }

    void checkNames(String what, @Nullable List<Text> wanted, List<String> got) {
      if (wanted != null) {
        check(what, wanted.stream().map(Text::value).toList().toString(), got.toString());
      }
    }

    void checkFeature(String name, @Nullable String wanted) {
      String variable = Variable.nameIn(name);
      Object value = found.features.get(variable);
      if (value instanceof Map<?, ?> parts && !variable.equals(name)) {
        value = parts.get(name.substring(variable.length() + 1));
      }
      if (!isSame(value, wanted)) {
        check(name, wanted == null ? "null" : wanted, value == null ? "null" : shown(value));
      }
    }

    /** Numbers and times are the same when they are equal, however they are written. */
    private static boolean isSame(@Nullable Object value, @Nullable String wanted) {
      if (value == null || wanted == null) {
        return value == null && wanted == null;
      }
      if (value instanceof Number) {
        try {
          return new BigDecimal(value.toString()).compareTo(new BigDecimal(wanted)) == 0;
        } catch (NumberFormatException e) {
          return false;
        }
      }
      return value instanceof Instant
          ? value.equals(TextValue.parse(FieldType.TIMESTAMP, wanted))
          : value.toString().equals(wanted);
    }

    private static String shown(Object value) {
      return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
  }
}
