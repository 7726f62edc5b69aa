package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.TestEvents;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventAge;
import io.vigia.wire.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of which each row is a case of its own. */
final class DocumentedCases {
  private static final String HEAD = "vigia: 1\npipeline: cases\n";
  private static final String TEST = "tests:\n  - name: the case\n    given:\n";

  private DocumentedCases() {}

  /** Times of heartbeats, and those at which a silence of them is over. */
  static String checkSilences(MarkdownDocument.Table table, String words) {
    String yaml =
        HEAD
            + """
            streams:
              beats: {id: id, time: at, key: key, out_of_order: 0s, fields: {id: string, at: timestamp, key: string}}
            patterns:
              silent: {by: key, on: beats, %s}
            rules:
              - {id: told, on: silent, when: 'true', outcome: review}
            """
                .formatted(words);
    for (List<String> row : table.rows()) {
      StringBuilder test = new StringBuilder(TEST);
      for (String at : row.get(0).split(", ", -1)) {
        test.append("      - beats: {id: 'at %s', key: k}\n        at: %s\n".formatted(at, at));
      }
      test.append("      - wait: 10h\n    expect:\n");
      for (String at : row.get(1).split(", ", -1)) {
        Instant end = Instant.ofEpochMilli(DocumentedTable.timeOf(at));
        test.append("      silent:k@%s: review\n".formatted(end));
      }
      Documented.run(table.line(), yaml + test);
      assertEquals(
          row.get(1).split(", ", -1).length, silences(yaml + test, table.line()), row.toString());
    }
    return yaml;
  }

  private static int silences(String yaml, int line) {
    CompiledPipeline pipeline = Documented.compiled(line, yaml);
    Replay replay = new Replay(pipeline, 1);
    new TestEvents(pipeline)
        .of(pipeline.definition().tests().get(0))
        .forEach(
            moment -> {
              Event event = moment.event();
              if (event == null) {
                replay.advanceTo(moment.untilMs());
              } else {
                replay.process(event);
              }
            });
    return replay.takeSilences().size();
  }

  /** Payments, and changes of a list between them, in the order of arrival. */
  static String checkList(MarkdownDocument.Table table, String list) {
    StringBuilder test = new StringBuilder(TEST);
    StringBuilder expect = new StringBuilder("    expect:\n");
    int n = 0;
    for (List<String> row : table.rows()) {
      String what = MarkdownDocument.code(row.get(1)).get(0);
      if (row.get(1).startsWith("a payment")) {
        n++;
        test.append(
            "      - payments: {payment_id: p%d, card: %s}\n        at: %s\n"
                .formatted(n, what, row.get(2)));
        String outcome = row.get(3).equals("yes") ? "block" : "allow";
        expect.append("      p%d: %s\n".formatted(n, outcome));
      } else {
        test.append(
            "      - lists: {blocked_cards: {%s}}\n        at: %s\n".formatted(what, row.get(0)));
      }
    }
    String yaml =
        HEAD
            + """
            streams:
              payments: {id: payment_id, time: at, key: card, fields: {payment_id: string, at: timestamp, card: string}}
            lists:
              blocked_cards: %s
            rules:
              - {id: listed, on: payments, when: 'event.card in lists.blocked_cards', outcome: block}
            %s%s"""
                .formatted(list, test, expect);
    Documented.run(table.line(), yaml);
    return yaml;
  }

  /** Times of events that arrive at one time, and whether they are taken. */
  static String checkAges(MarkdownDocument.Table table, String words) {
    String yaml =
        HEAD
            + "streams:\n  a: {id: id, time: at, key: id, %s, fields: {id: string, at: timestamp}}\n"
                .formatted(words);
    StreamSchema stream = Documented.compiled(table.line(), yaml).streams().get(0);
    long arrivedMs = Instant.parse("2026-01-02T12:00:00Z").toEpochMilli();
    for (List<String> row : table.rows()) {
      Event event = decoded(stream, "{\"id\": \"e\", \"at\": \"" + row.get(0) + "\"}", arrivedMs);
      assertTrue(event != null, row.toString());
      String found = EventAge.isTaken(event, new Problems()) ? "taken" : "refused";
      assertEquals(row.get(1), found, row.toString());
    }
    return yaml;
  }

  /** Fields, how a value of them is written in JSON, and what it is then. */
  static String checkFields(MarkdownDocument.Table table) {
    for (List<String> row : table.rows()) {
      String yaml =
          HEAD
              + "streams:\n  a: {id: id, key: id, fields: {id: string, x: %s}}\n"
                  .formatted(MarkdownDocument.code(row.get(0)).get(0));
      StreamSchema stream = Documented.compiled(table.line(), yaml).streams().get(0);
      String json = "{\"id\": \"e\", \"x\": " + MarkdownDocument.code(row.get(1)).get(0) + "}";
      Event event = decoded(stream, json, 0);
      if (event == null) {
        assertEquals("refused", row.get(2), row.toString());
      } else {
        int x = stream.position("x");
        Object found = event.values().boxed(x, stream.type(x));
        assertTrue(DocumentedTable.agrees(row.get(2), found), row + ": found " + found);
      }
    }
    return "";
  }

  private static @Nullable Event decoded(StreamSchema stream, String json, long arrivedMs) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new EventDecoder(stream)
        .decodeJson(bytes, 0, bytes.length, Envelope.NONE, arrivedMs, 0, 0, new Problems());
  }
}
