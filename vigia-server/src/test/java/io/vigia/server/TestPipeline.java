package io.vigia.server;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Pipelines for tests, each with topics of its own. */
final class TestPipeline {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /**
   * Payments, blocked from 500 on and reviewed from 100 on, with an alert for each blocked card.
   */
  static final String PAYMENTS =
      """
      vigia: 1
      pipeline: %s
      streams:
        %s:
          id: payment_id
          time: created_at
          key: card
          fields:
            payment_id: string
            created_at: timestamp
            card: string
            amount: decimal
            country: string?
          decide: {deadline: 1500ms, fallback: review}
        recent_payments%s:
          id: payment_id
          time: created_at
          key: card
          max_age: 1h
          max_ahead: 1m
          fields: {payment_id: string, created_at: timestamp, card: string, amount: decimal}
        visits%s:
          key: page
          fields: {page: string, stay: int?}
      rules:
        - id: large
          on: %s
          when: 'event.amount >= 500.0'
          outcome: block
          score: 90
          reason: 'amount {{event.amount}}'
        - id: odd
          on: %s
          when: 'event.amount >= 100.0 && event.amount < 500.0'
          outcome: review
          score: 40
      alerts:
        desk:
          outcomes: [block]
          group_by: [card]
          cooldown: 30m
      """;

  private TestPipeline() {}

  /** A name that no other test uses. */
  static String newName() {
    return "test-" + NUMBERS.incrementAndGet();
  }

  /** The pipeline of payments under a name, with streams of plain names. */
  static CompiledPipeline payments(String name) {
    return payments(name, "payments", "");
  }

  /** The same with other names of streams. */
  static CompiledPipeline payments(String name, String stream, String suffix) {
    return compile(PAYMENTS.formatted(name, stream, suffix, suffix, stream, stream));
  }

  static CompiledPipeline compile(String yaml) {
    Problems problems = new Problems();
    return PipelineReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .orElseThrow(() -> new AssertionError(problems.sorted().toString()));
  }
}
