package io.vigia.wire.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A table of patterns and the events that complete them: a row has a pattern's steps and words, a
 * column an event named by the step that it fits, a minute after the one before; a dot is a match.
 */
final class DocumentedPatterns {
  private DocumentedPatterns() {}

  static String check(MarkdownDocument.Table table, String words) {
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
    Documented.run(table.line(), yaml);
    return yaml;
  }

  private static final Pattern PART = Pattern.compile("(?:`[^`]*`|[^,`])+");

  private static String pattern(String name, String cell, String words) {
    StringBuilder steps = new StringBuilder();
    Map<String, String> more = new LinkedHashMap<>();
    put(more, words);
    for (String part : PART.matcher(cell).results().map(MatchResult::group).toList()) {
      List<String> code = MarkdownDocument.code(part);
      if (code.get(0).contains(":")) {
        put(more, code.get(0));
      } else {
        steps.append(steps.isEmpty() ? "" : ", ").append(step(part, code));
      }
    }
    StringBuilder pattern = new StringBuilder("  " + name + ": {by: key");
    more.forEach((word, value) -> pattern.append(", ").append(word).append(": ").append(value));
    return pattern.append(", steps: [").append(steps).append("]}\n").toString();
  }

  private static void put(Map<String, String> words, String written) {
    int colon = written.indexOf(':');
    words.put(written.substring(0, colon), written.substring(colon + 1).strip());
  }

  /** A step named by the events that it takes, or by either of two. */
  private static String step(String part, List<String> code) {
    String name = code.get(0);
    if (part.contains("` or `")) {
      return "%s: {any: [{%s}, {%s}]}".formatted(name, takes(name), takes(code.get(1)));
    }
    StringBuilder step = new StringBuilder(name + ": {" + takes(name));
    code.subList(1, code.size()).forEach(word -> step.append(", ").append(word));
    return step.append("}").toString();
  }

  private static String takes(String event) {
    return "on: events, where: 'event.is == \"" + event + "\"'";
  }
}
