package io.vigia.cli.demo;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the fraud example decides about generated payments, counted. */
final class Judged {
  private final Replay replay;
  private final EventDecoder decoder;
  private final DemoTally tally = new DemoTally();
  private final Map<FraudKind, Map<String, Integer>> rules = new EnumMap<>(FraudKind.class);
  private final List<String> goodStopped = new ArrayList<>();
  private final Map<String, Integer> unknown = new TreeMap<>();

  Judged(CompiledPipeline pipeline) {
    this.replay = new Replay(pipeline, 1);
    StreamSchema stream = Objects.requireNonNull(pipeline.stream(Payment.STREAM));
    this.decoder = new EventDecoder(stream);
  }

  /** The decision about one payment; {@code counted} unless it is of the history. */
  Decision judge(Payment payment, boolean counted) {
    Decision decision = judge(payment.json(), payment.createdAt());
    if (counted) {
      count(payment, decision);
    }
    return decision;
  }

  Decision judge(byte[] json, Instant now) {
    Problems problems = new Problems();
    Event event =
        decoder.decodeJson(json, 0, json.length, Envelope.NONE, now.toEpochMilli(), 0, 0, problems);
    if (event == null) {
      throw new AssertionError(problems.sorted().toString());
    }
    return Objects.requireNonNull(replay.process(event).decision());
  }

  private void count(Payment payment, Decision decision) {
    Answer answer =
        new Answer(
            decision.outcome(),
            false,
            decision.rules().stream().map(Decision.Fired::rule).toList(),
            decision.rules().stream().map(Decision.Fired::reason).toList());
    tally.sent();
    tally.answered(payment, answer, 0);
    decision.unknown().forEach(each -> unknown.merge(each.rule(), 1, Integer::sum));
    FraudKind fraud = payment.fraud();
    if (fraud != null) {
      Map<String, Integer> byRule = rules.computeIfAbsent(fraud, kind -> new TreeMap<>());
      answer.rules().forEach(rule -> byRule.merge(rule, 1, Integer::sum));
    } else if (answer.stops()) {
      goodStopped.add(answer.why());
    }
  }

  DemoTally tally() {
    return tally;
  }

  /** How often each rule fired on each kind of fraud. */
  Map<FraudKind, Map<String, Integer>> rules() {
    return rules;
  }

  /** Why good payments were blocked or reviewed. */
  List<String> goodStopped() {
    return goodStopped;
  }

  /** How often each rule had no answer. */
  Map<String, Integer> unknown() {
    return unknown;
  }
}
