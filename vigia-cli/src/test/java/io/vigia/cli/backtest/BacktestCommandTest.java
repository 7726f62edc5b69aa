package io.vigia.cli.backtest;

import static io.vigia.cli.Call.vigia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.Call;
import io.vigia.cli.FakeGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BacktestCommandTest {
  private static final String PIPELINE = "src/test/resources/command/two.yaml";
  private static final String FILES = "src/test/resources/command/";

  @TempDir Path folder;
  private Path payments;

  @BeforeEach
  void writePayments() throws IOException {
    payments =
        Files.writeString(
            folder.resolve("payments.ndjson"),
            """
            {"id":"p1","at":"2026-01-01T10:00:00Z","card":"c","merchant":"m","amount":1,"kind":null}
            {"id":"p2","at":"2026-01-01T10:01:00Z","card":"c","merchant":"m","amount":1,"kind":false}
            {"id":"p3","at":"2026-01-01T10:02:00Z","card":"c","merchant":"m","amount":1,"kind":true}
            {"id":"p4","at":"2026-01-01T10:03:00Z","card":"d","merchant":"m","amount":1,"kind":1}
            """);
  }

  private String events() {
    return "payments=" + payments;
  }

  @Test
  void out_gz_hasALineForEachDecision() throws IOException {
    Path out = folder.resolve("d.ndjson.gz");
    vigia("backtest", PIPELINE, "--events", events(), "--out", out.toString()).exits(0);
    List<String> lines;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(out))) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertEquals(4, lines.size());
    assertEquals(
        "{\"event_id\":\"p3\",\"stream\":\"payments\",\"time\":\"2026-01-01T10:02:00Z\","
            + "\"outcome\":\"review\",\"score\":20,\"rules\":[\"fast\"],"
            + "\"reasons\":[\"3 payments in 5 minutes\"],\"features\":{\"card_count_5m\":3},"
            + "\"version\":1}",
        lines.get(2));
  }

  @Test
  void events_gz_areReadAlike() throws IOException {
    Path packed = folder.resolve("packed.ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(payments));
    }
    JsonNode plain = vigia("backtest", PIPELINE, "--json", "--events", events()).exits(0).json();
    JsonNode gz =
        vigia("backtest", PIPELINE, "--json", "--events", "payments=" + packed).exits(0).json();
    assertEquals(plain.path("by_outcome"), gz.path("by_outcome"));
    assertEquals(4, gz.path("events").asInt());
  }

  @Test
  void label_memberThatIsNotDeclared_isReadWhateverItsType() {
    JsonNode labels =
        vigia("backtest", PIPELINE, "--json", "--events", events(), "--label", "kind")
            .exits(0)
            .json()
            .path("labels");
    assertEquals(2, labels.path("positive").asInt());
    assertEquals(2, labels.path("negative").asInt());
    assertEquals(1, labels.path("missing").asInt());
    assertEquals(1.0, labels.path("precision").asDouble());
    assertEquals(0.5, labels.path("recall").asDouble());
  }

  @Test
  void label_columnThatIsNotDeclared_changesNoDecision() throws IOException {
    Path with = folder.resolve("with.ndjson");
    Path without = folder.resolve("without.ndjson");
    String events = "payments=" + FILES + "payments.csv";
    vigia("backtest", PIPELINE, "--events", events, "--label", "kind", "--out", with.toString())
        .exits(0);
    vigia("backtest", PIPELINE, "--events", events, "--out", without.toString()).exits(0);
    assertEquals(Files.readString(without), Files.readString(with));
  }

  @Test
  void strict_badLine_endsWithOne() {
    String events = "payments=" + FILES + "payments.csv";
    Call strict = vigia("backtest", PIPELINE, "--events", events, "--strict").exits(1);
    assertTrue(strict.err().contains("payments.csv:6:31  VG-EVENT-003"), strict.err());
    vigia("backtest", PIPELINE, "--events", events).exits(0);
  }

  @Test
  void events_manyBadLines_areToldUpToTwenty() throws IOException {
    Files.writeString(payments, "{}\n".repeat(500));
    Call call = vigia("backtest", PIPELINE, "--json", "--events", events()).exits(1);
    assertEquals(500, call.json().path("bad_lines").asInt());
    assertEquals(20, call.err().lines().filter(line -> line.contains("VG-EVENT")).count());
    assertTrue(call.err().contains("further bad lines are only counted"), call.err());
  }

  @Test
  void events_streamWithoutTime_isTold() throws IOException {
    Path pipeline =
        Files.writeString(
            folder.resolve("p.yaml"),
            """
            vigia: 1
            pipeline: untimed
            streams:
              payments: {id: id, key: card, fields: {id: string, card: string}}
            rules:
              - id: all
                on: payments
                when: 'true'
                outcome: review
            """);
    Call call = vigia("backtest", pipeline.toString(), "--events", events()).exits(0);
    assertTrue(call.err().contains("stream 'payments' names no time"), call.err());
  }

  @Test
  void verify_runningVigia_asksForEachStream() throws IOException {
    String recorded = Files.readString(Path.of(FILES + "recorded.ndjson"));
    try (FakeGateway gateway =
        new FakeGateway().page("/v1/pipelines", "{}").page("/v1/decisions", recorded)) {
      Call call =
          vigia(
                  "backtest",
                  PIPELINE,
                  "--events",
                  "payments=" + FILES + "payments.csv",
                  "--events",
                  "chargebacks=" + FILES + "chargebacks.csv",
                  "--verify",
                  gateway.url(),
                  "--json")
              .exits(1);
      // The fake gives all decisions for either stream, so each is there twice.
      JsonNode verify = call.json().path("verify");
      assertEquals(7, verify.path("equal").asInt());
      assertEquals(1, verify.path("different_other").asInt());
      assertEquals(8, verify.path("doubled").asInt());
      assertFalse(verify.path("passed").asBoolean());
    }
  }

  @Test
  void verify_nobodyThere_endsWithTwoBeforeAnythingIsRead() {
    Call call =
        vigia(
                "backtest",
                PIPELINE,
                "--events",
                events(),
                "--verify",
                "http://127.0.0.1:1",
                "--out",
                folder.resolve("d.ndjson").toString())
            .exits(2);
    assertTrue(call.err().contains("http://127.0.0.1:1 does not answer"), call.err());
    assertFalse(Files.exists(folder.resolve("d.ndjson")));
  }

  @Test
  void verify_ownOutput_isEqual() {
    String out = folder.resolve("d.ndjson").toString();
    vigia("backtest", PIPELINE, "--events", events(), "--out", out).exits(0);
    JsonNode verify =
        vigia("backtest", PIPELINE, "--json", "--events", events(), "--verify", out, "--exact")
            .exits(0)
            .json()
            .path("verify");
    assertEquals(4, verify.path("equal").asInt());
    assertEquals(verify.path("hash").path("replayed"), verify.path("hash").path("recorded"));
  }
}
