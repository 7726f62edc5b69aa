package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.replay.PipelineTest;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of patterns and the events that complete them: a row has a pattern's steps and words, a
 * column an event named by the step that it fits, a minute after the one before; a dot is a match.
 */
final class DocumentedPatterns {
  private DocumentedPatterns() {}

  static void check(MarkdownDocument.Table table, String words) {
    StringBuilder patterns = new StringBuilder();
    List<String> expected = new ArrayList<>();
    List<String> events = table.header().subList(1, table.header().size());
    for (int e = 0; e < events.size(); e++) {
      expected.add("");
    }
    for (int p = 0; p < table.rows().size(); p++) {
      List<String> row = table.rows().get(p);
      patterns.append(pattern("p" + p, row.get(0), words));
      for (int e = 0; e < events.size(); e++) {
        boolean matched = row.get(e + 1).equals("•");
        expected.set(e, expected.get(e) + (p == 0 ? "" : ", ") + "matched.p" + p + ": " + matched);
      }
    }
    StringBuilder given = new StringBuilder();
    StringBuilder expect = new StringBuilder();
    for (int e = 0; e < events.size(); e++) {
      String is = MarkdownDocument.code(events.get(e)).get(0);
      given.append(
          "      - events: {id: e%d, key: k, is: %s}\n        at: %dm\n".formatted(e, is, e));
      expect.append("      e%d: {features: {%s}}\n".formatted(e, expected.get(e)));
    }
    String yaml =
        """
        vigia: 1
        pipeline: patterns
        streams:
          events: {id: id, time: at, key: key, fields: {id: string, at: timestamp, key: string, is: string}}
        patterns:
        %stests:
          - name: the table
            given:
        %s    expect:
        %s"""
            .formatted(patterns, given, expect);
    Reading reading = Reading.of(yaml);
    CompiledPipeline pipeline =
        reading
            .definition()
            .flatMap(definition -> PipelineCompiler.compile(definition, reading.problems()))
            .orElseThrow(
                () -> new AssertionError("line " + table.line() + "\n" + reading.printed()));
    for (TestDefinition test : pipeline.definition().tests()) {
      assertEquals(
          List.of(), new PipelineTest(pipeline).run(test).failures(), "line " + table.line());
    }
  }

  private static String pattern(String name, String cell, String words) {
    StringBuilder steps = new StringBuilder();
    StringBuilder more = new StringBuilder();
    for (String part : cell.split(", ", -1)) {
      List<String> code = MarkdownDocument.code(part);
      if (code.get(0).contains(":")) {
        more.append(", ").append(code.get(0));
      } else {
        String step = code.get(0);
        steps.append(steps.isEmpty() ? "" : ", ");
        steps.append("%s: {on: events, where: 'event.is == \"%s\"'".formatted(step, step));
        code.subList(1, code.size()).forEach(word -> steps.append(", ").append(word));
        steps.append("}");
      }
    }
    return "  %s: {by: key, %s%s, steps: [%s]}\n".formatted(name, words, more, steps);
  }
}
