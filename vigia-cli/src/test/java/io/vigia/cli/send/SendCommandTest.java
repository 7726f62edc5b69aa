package io.vigia.cli.send;

import static io.vigia.cli.FakeGateway.busy;
import static io.vigia.cli.FakeGateway.lost;
import static io.vigia.cli.FakeGateway.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.Call;
import io.vigia.cli.FakeGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SendCommandTest {
  private static final String PIPELINES =
      """
      {"instance":"%s","pipelines":[{"pipeline":"p","streams":[
        {"stream":"payments","id":["id"],"time":"at","key":["card"],"fields":[
          {"name":"id","from":"id","type":"string","optional":false},
          {"name":"at","from":"at","type":"timestamp","optional":false},
          {"name":"card","from":"Card","type":"string","optional":false},
          {"name":"amount","from":"amount","type":"decimal","optional":true}]},
        {"stream":"lines","id":"line","time":"at","key":["product"],"fields":[
          {"name":"at","from":"when","type":"timestamp","optional":false,
            "format":"yyyy-MM-dd HH:mm","zone":"Europe/London"},
          {"name":"product","from":"product","type":"string","optional":false},
          {"name":"quantity","from":"quantity","type":"int","optional":false}]},
        {"stream":"clouds","id":"cloudevent","time":null,"key":["card"],"fields":[
          {"name":"card","from":"card","type":"string","optional":false}]},
        {"stream":"older","key":["card"],"fields":[]}]}]}
      """;

  private final FakeGateway gateway = new FakeGateway();

  @TempDir Path folder;

  @BeforeEach
  void servePipelines() {
    gateway.page("/v1/pipelines", PIPELINES.formatted("log-1"));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private Call send(String stream, Path file, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "send",
                stream,
                file.toString(),
                "--to",
                gateway.url(),
                "--data",
                folder.resolve("data").toString(),
                "--json"));
    args.addAll(List.of(options));
    return Call.vigia(args.toArray(new String[0]));
  }

  private Path payments(int count) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append(
          "{\"id\":\"p%d\",\"at\":\"2026-01-01T10:00:%02dZ\",\"Card\":\"c\"}%n"
              .formatted(i, i % 60));
    }
    return Files.writeString(folder.resolve("payments.ndjson"), text);
  }

  /** The ids that arrived, in their order. */
  private List<String> arrived() {
    return gateway.requests().stream()
        .flatMap(request -> request.events().stream())
        .map(event -> event.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private static List<String> ids(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "p" + i).toList();
  }

  @Test
  void send_file_arrivesInOrderInBatches() throws IOException {
    JsonNode sent = send("payments", payments(1200)).exits(0).json();
    assertEquals(1200, sent.path("sent").asInt());
    assertEquals(ids(1, 1200), arrived());
    assertEquals(
        List.of(500, 500, 200),
        gateway.requests().stream().map(request -> request.events().size()).toList());
    assertEquals("/v1/streams/payments/events", gateway.requests().get(0).path());
    assertEquals("application/x-ndjson", gateway.requests().get(0).type());
  }

  @Test
  void send_csv_becomesTypedJson() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("payments.csv"),
            "id,at,Card,amount\np1,2026-01-01T10:00:00Z,0012,12.50\n");
    send("payments", file, "--batch", "1").exits(0);
    assertEquals(
        "{\"id\":\"p1\",\"at\":\"2026-01-01T10:00:00Z\",\"Card\":\"0012\",\"amount\":12.5}",
        gateway.requests().get(0).body());
  }

  @Test
  void send_streamOfLines_arrivesAsCloudEvents() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("2011-01.csv"),
            "when,product,quantity\n2011-01-04 10:00,jar,6\n2011-01-04 10:01,\"a\nb\",-2\n");
    send("lines", file).exits(0);
    assertEquals("application/cloudevents-batch+json", gateway.requests().get(0).type());
    assertEquals(
        "[{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"2011-01.csv\",\"type\":\"io.vigia.line\",\"data\":{\"when\":\"2011-01-04"
            + " 10:00\",\"product\":\"jar\",\"quantity\":6}},"
            + "{\"specversion\":\"1.0\",\"id\":\"3\",\"source\":\"2011-01.csv\","
            + "\"type\":\"io.vigia.line\",\"data\":{\"when\":\"2011-01-04"
            + " 10:01\",\"product\":\"a\\n"
            + "b\",\"quantity\":-2}}]",
        gateway.requests().get(0).body());
  }

  @Test
  void send_streamOfCloudEvents_keepsWhatCame() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("clouds.ndjson"),
            "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"me\",\"type\":\"t\","
                + "\"time\":\"2026-01-01T10:00:00Z\",\"data\":{\"card\":\"c\"}}\n");
    send("clouds", file).exits(0);
    assertEquals(
        "[{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"me\",\"type\":\"t\","
            + "\"time\":\"2026-01-01T10:00:00Z\",\"data\":{\"card\":\"c\"}}]",
        gateway.requests().get(0).body());
  }

  @Test
  void send_answerLost_sendsTheBatchAgain() throws IOException {
    gateway.next(lost());
    Call call = send("payments", payments(3)).exits(0);
    assertEquals(3, call.json().path("sent").asInt());
    assertEquals(1, call.json().path("retries").asInt());
    assertEquals(2, gateway.requests().size());
    assertEquals(gateway.requests().get(0), gateway.requests().get(1));
    assertTrue(call.err().contains("trying again for up to"), call.err());
    assertTrue(call.err().contains("answers again after"), call.err());
  }

  @Test
  void send_lostInTheMiddle_keepsTheOrder() throws IOException {
    gateway.next(status(202, "{\"accepted\":2,\"rejected\":[]}")).next(lost()).next(lost());
    send("payments", payments(6), "--batch", "2").exits(0);
    assertEquals(List.of("p1", "p2", "p3", "p4", "p3", "p4", "p3", "p4", "p5", "p6"), arrived());
  }

  @Test
  void send_serverBusy_waitsAsLongAsItAsks() throws IOException {
    gateway.next(busy(429, 1)).next(busy(503, 1));
    long before = System.nanoTime();
    Call call = send("payments", payments(3)).exits(0);
    assertTrue(System.nanoTime() - before >= 2_000_000_000L);
    assertEquals(2, call.json().path("retries").asInt());
  }

  @Test
  void send_serverBusyForLong_givesUpAndGoesOnLater() throws IOException {
    Path file = payments(4);
    gateway.next(status(202, "{\"accepted\":2,\"rejected\":[]}"));
    for (int i = 0; i < 20; i++) {
      gateway.next(status(503, "{\"detail\":\"starting\"}"));
    }
    Call call = send("payments", file, "--batch", "2", "--retry-for", "500ms").exits(2);
    assertTrue(call.err().contains("has taken nothing for 0.50 s: starting"), call.err());
    gateway.behaveAgain();
    int before = arrived().size();
    Call again = send("payments", file, "--batch", "2").exits(0);
    assertTrue(again.err().contains("2 events up to line 2 were acknowledged before"), again.err());
    assertEquals(List.of("p3", "p4"), arrived().subList(before, arrived().size()));
  }

  @Test
  void send_eventsRejected_areToldWithTheirLines() throws IOException {
    gateway.next(
        status(
            202,
            """
            {"accepted":2,"rejected":[{"index":1,"problems":[
              {"code":"VG-EVENT-005","field":"at","message":"too old","help":"send it earlier"}]}]}
            """));
    Path file = payments(3);
    Call call = send("payments", file).exits(0);
    assertEquals(2, call.json().path("sent").asInt());
    assertEquals(1, call.json().path("rejected").asInt());
    assertTrue(
        call.err().contains(file + ":2  VG-EVENT-005  too old; send it earlier"), call.err());
  }

  @Test
  void send_noneAccepted_endsWithOne() throws IOException {
    gateway.next(status(400, "{\"accepted\":0,\"rejected\":[{\"index\":0,\"problems\":[]}]}"));
    assertEquals(1, send("payments", payments(1)).exits(1).json().path("rejected").asInt());
  }

  @Test
  void send_batchTooLarge_isHalved() throws IOException {
    gateway.next(status(413, "{}"));
    assertEquals(5, send("payments", payments(5)).exits(0).json().path("sent").asInt());
    assertEquals(
        List.of(5, 2, 3),
        gateway.requests().stream().map(request -> request.events().size()).toList());
  }

  @Test
  void send_requestRefused_endsWithOne() throws IOException {
    gateway.next(status(404, "{\"detail\":\"there is no stream 'payments'\"}"));
    Call call = send("payments", payments(1)).exits(1);
    assertTrue(call.err().contains("refused a batch (status 404): there is no stream"), call.err());
  }

  @Test
  void send_badLines_areToldAndTheOthersSent() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("some.ndjson"),
            "{\"id\":\"p1\",\"at\":\"2026-01-01T10:00:00Z\",\"Card\":\"c\"}\n{}\nnonsense\n");
    Call call = send("payments", file).exits(0);
    assertEquals(1, call.json().path("sent").asInt());
    assertEquals(2, call.json().path("bad_lines").asInt());
    assertTrue(call.err().contains(file + ":3:"), call.err());
    send("payments", file, "--from-start", "--strict").exits(1);
  }

  @Test
  void send_sentBefore_isNotSentAgain() throws IOException {
    Path file = payments(3);
    send("payments", file).exits(0);
    Call again = send("payments", file).exits(0);
    assertEquals(0, again.json().path("sent").asInt());
    assertTrue(again.err().contains("--from-start sends it again"), again.err());
    assertEquals(3, send("payments", file, "--from-start").exits(0).json().path("sent").asInt());
  }

  @Test
  void send_fileHasGrown_goesOnBehindTheEnd() throws IOException {
    send("payments", payments(3)).exits(0);
    send("payments", payments(5)).exits(0);
    assertEquals(ids(1, 5), arrived());
  }

  @Test
  void send_serverHasANewLog_beginsAtTheStart() throws IOException {
    Path file = payments(3);
    send("payments", file).exits(0);
    gateway.page("/v1/pipelines", PIPELINES.formatted("log-2"));
    Call call = send("payments", file).exits(0);
    assertEquals(3, call.json().path("sent").asInt());
    assertTrue(call.err().contains("has a new log"), call.err());
  }

  @Test
  void send_severalFiles_areSentInTheirOrder() throws IOException {
    Path first = payments(2);
    Path second = Files.copy(first, folder.resolve("a.ndjson"));
    Call call =
        Call.vigia(
                "send",
                "payments",
                first.toString(),
                second.toString(),
                "--to",
                gateway.url(),
                "--data",
                folder.resolve("data").toString())
            .exits(0);
    assertEquals(List.of("p1", "p2", "p1", "p2"), arrived());
    assertTrue(call.out().startsWith("payments: 4 events acknowledged in "), call.out());
  }

  @Test
  void send_rate_isOpenLoop() throws IOException {
    long before = System.nanoTime();
    send("payments", payments(50), "--rate", "100").exits(0);
    assertTrue(System.nanoTime() - before >= 480_000_000L);
    assertEquals(ids(1, 50), arrived());
    assertTrue(gateway.requests().size() > 5, "requests: " + gateway.requests().size());
  }

  @Test
  void send_speed_keepsTheDistancesOfTheEvents() throws IOException {
    long before = System.nanoTime();
    send("payments", payments(11), "--speed", "20").exits(0);
    assertTrue(System.nanoTime() - before >= 490_000_000L);
    assertEquals(ids(1, 11), arrived());
  }

  @Test
  void send_unknownStream_tellsTheNearest() throws IOException {
    Call call = send("payment", payments(1)).exits(1);
    assertTrue(call.err().contains("did you mean 'payments'?"), call.err());
  }

  @Test
  void send_streamNotDescribed_asksForThePipeline() throws IOException {
    Call call = send("older", payments(1)).exits(1);
    assertTrue(call.err().contains("give the pipeline file: --pipeline FILE"), call.err());
  }

  @Test
  void send_pipelineGiven_needsNoDescription() throws IOException {
    Path file = Path.of("src/test/resources/command/chargebacks.csv");
    send("chargebacks", file, "--pipeline", "src/test/resources/command/two.yaml").exits(0);
    assertEquals(2, gateway.requests().get(0).events().size());
  }

  @Test
  void send_noSuchFile_sendsNothing() {
    Call call = send("payments", folder.resolve("none.csv")).exits(1);
    assertTrue(call.err().contains("there is no such file"), call.err());
    assertEquals(List.of(), gateway.requests());
  }
}
