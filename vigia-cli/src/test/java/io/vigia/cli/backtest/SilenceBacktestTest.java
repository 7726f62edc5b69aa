package io.vigia.cli.backtest;

import static io.vigia.cli.Call.vigia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.Call;
import io.vigia.cli.FakeGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backtest makes of silences, by events alone and by the time of a run. */
final class SilenceBacktestTest {
  private static final String PIPELINE =
      """
      vigia: 1
      pipeline: p
      streams:
        beats:
          {id: id, time: at, key: t, out_of_order: 1m, fields: {id: string, at: timestamp, t: string}}
        orders:
          {id: id, time: at, key: t, out_of_order: 1m, fields: {id: string, at: timestamp, t: string}}
      features:
        beats_1h: {on: beats, by: t, count: true, over: 1h}
      patterns:
        silent: {by: t, on: beats, absent: 15m}
        unordered:
          by: t
          within: 10m
          steps: [beat: {on: beats, where: 'event.id == "b1"'}, order: {on: orders, not: true}]
      rules:
        - {id: down, on: silent, when: 'beats_1h > 0', outcome: review, reason: '{{beats_1h}}'}
        - {id: idle, on: unordered, when: 'true', outcome: block}
      """;

  /** a falls silent at 10:15 and again at the end; b at the end of the input, its latest time. */
  private static final String BEATS =
      """
      {"id":"b1","at":"2026-01-01T10:00:00Z","t":"a"}
      {"id":"b2","at":"2026-01-01T10:10:00Z","t":"b"}
      {"id":"b3","at":"2026-01-01T10:20:00Z","t":"a"}
      {"id":"b4","at":"2026-01-01T10:25:00Z","t":"c"}
      """;

  @TempDir Path folder;
  private String pipeline = "";
  private String beats = "";

  @BeforeEach
  void write() throws IOException {
    pipeline = Files.writeString(folder.resolve("p.yaml"), PIPELINE).toString();
    beats = "beats=" + Files.writeString(folder.resolve("beats.ndjson"), BEATS);
  }

  private List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> line.contains("@")).toList();
  }

  @Test
  void out_silences_haveALineOfTheirOwnUpToTheLastTime() throws IOException {
    Path out = folder.resolve("d.ndjson");
    Call call =
        vigia("backtest", pipeline, "--json", "--events", beats, "--out", out.toString()).exits(0);
    assertEquals(
        List.of(
            "{\"event_id\":\"unordered:a@2026-01-01T10:10:00Z\",\"stream\":\"unordered\",\"time\":"
                + "\"2026-01-01T10:10:00Z\",\"outcome\":\"block\",\"score\":0,\"rules\":[\"idle\"],"
                + "\"reasons\":[\"\"],\"features\":{},\"version\":1}",
            "{\"event_id\":\"silent:a@2026-01-01T10:15:00Z\",\"stream\":\"silent\",\"time\":"
                + "\"2026-01-01T10:15:00Z\",\"outcome\":\"review\",\"score\":0,\"rules\":[\"down\"],"
                + "\"reasons\":[\"1\"],\"features\":{\"beats_1h\":1},\"version\":1}",
            "{\"event_id\":\"silent:b@2026-01-01T10:25:00Z\",\"stream\":\"silent\",\"time\":"
                + "\"2026-01-01T10:25:00Z\",\"outcome\":\"review\",\"score\":0,\"rules\":[\"down\"],"
                + "\"reasons\":[\"1\"],\"features\":{\"beats_1h\":1},\"version\":1}"),
        lines(out));
    assertEquals(4, call.json().path("events").asInt());
    assertEquals(3, call.json().path("silences").asInt());
    assertEquals(7, call.json().path("decisions").asInt());
    assertEquals(2, call.json().path("by_outcome").path("review").asInt());
    assertEquals(0, call.json().path("given_up").asInt());
    assertTrue(
        call.err().contains("the silences of 'unordered' are those of the given events alone"),
        call.err());
  }

  @Test
  void verify_ownOutput_comparesSilences() throws IOException {
    Path out = folder.resolve("d.ndjson");
    vigia("backtest", pipeline, "--events", beats, "--out", out.toString()).exits(0);
    JsonNode equal = verify(out.toString(), 0);
    assertEquals(6, equal.path("equal").asInt());
    Files.write(
        out, Files.readAllLines(out).stream().filter(l -> !l.contains("silent:b")).toList());
    assertEquals(1, verify(out.toString(), 1).path("missing").asInt());
  }

  private JsonNode verify(String with, int exit) {
    return vigia("backtest", pipeline, "--json", "--events", beats, "--verify", with, "--exact")
        .exits(exit)
        .json()
        .path("verify");
  }

  /** A decision as a run writes it: of an event with the time that had passed, or of a silence. */
  private static String decision(String id, String stream, String key, String eventId, String at) {
    boolean silence = stream.equals("silent");
    return ("{'id':'%s','pipeline':'p','version':1,'stream':'%s','key':'%s','event_id':'%s','time':'%s',"
            + "'outcome':'%s','score':0,'rules':[%s],'reasons':[],'features':{%s},'event':{},"
            + "'position':{'partition':0,'offset':0%s}}\n")
        .formatted(
            id,
            stream,
            key,
            eventId,
            silence ? eventId.substring(eventId.indexOf('@') + 1) : "2026-01-01T00:00:00Z",
            silence ? "review" : "allow",
            silence ? "'down'" : "",
            silence ? "'beats_1h':1" : "",
            silence || at.isEmpty() ? "" : ",'passed':{'t':'" + at + "'}")
        .replace('\'', '"');
  }

  private static String id(String stream, String key, String eventId) {
    return io.vigia.core.event.EventId.of("p", stream, key, eventId).toString();
  }

  private static String of(String stream, String key, String eventId, String at) {
    return decision(id(stream, key, eventId), stream, key, eventId, at);
  }

  /**
   * In the run a tick had taken time past 10:26 when b3 came, so that it was too late to break the
   * silence of a, which a replay by events could not know; what lies behind the run's time is left.
   */
  @Test
  void verify_recordedTime_isFollowed() throws IOException {
    Files.writeString(
        folder.resolve("beats.ndjson"),
        """
        {"id":"b1","at":"2026-01-01T10:00:00Z","t":"a"}
        {"id":"b3","at":"2026-01-01T10:14:00Z","t":"a"}
        {"id":"b4","at":"2026-01-01T10:26:00Z","t":"c"}
        """);
    String events =
        of("beats", "a", "b1", "")
            + of("beats", "a", "b3", "2026-01-01T10:26:00Z")
            + of("beats", "c", "b4", "2026-01-01T10:26:00Z");
    String first = of("silent", "a", "silent:a@2026-01-01T10:15:00Z", "");
    String later =
        of("silent", "a", "silent:a@2026-01-01T10:29:00Z", "").replace("_1h\":1", "_1h\":2")
            + of("silent", "c", "silent:c@2026-01-01T10:41:00Z", "");
    String stats = "{\"pipelines\":[{\"pipeline\":\"p\",\"passed\":\"2026-01-01T10:30:00Z\"}]}";
    try (FakeGateway gateway =
        new FakeGateway()
            .page("/v1/pipelines", "{}")
            .page("/v1/stats", stats)
            .page("/v1/decisions", events + first + later)) {
      // The fake gives all decisions for either of the streams that are asked for.
      JsonNode verify = verify(gateway.url(), 1);
      assertEquals(5, verify.path("equal").asInt(), verify.toString());
      assertEquals(5, verify.path("doubled").asInt(), verify.toString());
      assertEquals("2026-01-01T10:30:00Z", verify.path("silences_until").asText());
      gateway.page("/v1/decisions", events + later);
      verify = verify(gateway.url(), 1);
      // Another run need not have met b3 too late.
      assertEquals(0, verify.path("missing").asInt(), verify.toString());
      assertEquals(1, verify.path("different_other").asInt(), verify.toString());
    }
    Path file = Files.writeString(folder.resolve("run.ndjson"), events + first + later);
    // Behind a file's last time, which the silence of c says, nothing is missing.
    assertEquals(6, verify(file.toString(), 0).path("equal").asInt());
  }
}
