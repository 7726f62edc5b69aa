package io.vigia.cli.tail;

import static io.vigia.cli.Call.vigia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.cli.Call;
import io.vigia.cli.FakeGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TailCommandTest {
  private static final String PIPELINES =
      "{\"pipelines\":[{\"pipeline\":\"p\",\"outcomes\":[\"allow\",\"review\",\"block\"]}]}";
  private static final String BLOCK =
      "{\"id\":\"1\",\"pipeline\":\"p\",\"stream\":\"payments\",\"key\":\"c1\",\"event_id\":\"p9\","
          + "\"time\":\"2026-01-01T00:02:00Z\",\"outcome\":\"block\",\"score\":95,"
          + "\"rules\":[\"testing\",\"fast\"],\"reasons\":[\"4 payments\",\"\"]}";
  private static final String ALLOW =
      "{\"id\":\"2\",\"pipeline\":\"p\",\"stream\":\"payments\",\"key\":\"c2\",\"event_id\":\"p8\","
          + "\"time\":\"2026-01-01T00:01:00.5Z\",\"outcome\":\"allow\",\"score\":0,\"rules\":[]}";
  private static final String ALERT =
      "{\"id\":\"3\",\"pipeline\":\"p\",\"alert\":\"fraud_desk\",\"group\":{\"card\":\"c1\"},"
          + "\"outcome\":\"block\",\"time\":\"2026-01-01T00:02:00Z\",\"reasons\":[\"4 payments\"],"
          + "\"count\":1}";
  private static final String FEED =
      "retry: 2000\n\n: a comment\n\n"
          + ("event: decision\ndata: " + ALLOW + "\n\n")
          + ("event: decision\ndata: " + BLOCK + "\n\n")
          + "event: stats\ndata: {\"shown\":2,\"skipped\":1204}\n\n"
          + ("event: alert\ndata: " + ALERT + "\n\n")
          + ("event: alert\ndata: " + ALERT.replace("count\":1", "count\":2") + "\n\n");

  private final FakeGateway gateway = new FakeGateway();

  @BeforeEach
  void servePages() {
    gateway.page("/v1/pipelines", PIPELINES).page("/v1/live", FEED);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private Call tail(String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "tail";
    args[1] = "--from";
    args[2] = gateway.url();
    System.arraycopy(options, 0, args, 3, options.length);
    return vigia(args);
  }

  @Test
  void tail_feed_showsDecisionsAndAlerts() {
    Call call = tail("--count", "3").exits(0);
    assertEquals(
        """
        2026-01-01T00:01:00.5Z  allow        0  payments p8  c2
        2026-01-01T00:02:00Z    block       95  payments p9  c1  testing: 4 payments; fast
        2026-01-01T00:02:00Z    ALERT  fraud_desk  card c1  block  4 payments
        """,
        call.out());
    assertEquals("1,204 decisions not shown\n", call.err());
  }

  @Test
  void tail_alertSaidAgainAndOver_showsEachNoticeOnce() {
    String again = ALERT.replace("\"count\":1", "\"count\":1,\"repeats\":1");
    String over =
        again.substring(0, again.length() - 1) + ",\"resolved_at\":\"2026-01-01T02:00:00Z\"}";
    String notice = "event: alert\ndata: %s\n\n";
    gateway.page(
        "/v1/live",
        "retry: 2000\n\n"
            + notice.formatted(ALERT)
            + notice.formatted(again)
            + notice.formatted(again)
            + notice.formatted(over));
    assertEquals(
        """
        2026-01-01T00:02:00Z    ALERT  fraud_desk  card c1  block  4 payments
        2026-01-01T00:02:00Z    ALERT  fraud_desk  card c1  block  4 payments
        2026-01-01T00:02:00Z    OVER   fraud_desk  card c1  block  4 payments
        """,
        tail("--alerts", "--count", "3").exits(0).out());
  }

  @Test
  void tail_outcome_showsOnlyThat() {
    assertEquals(1, tail("--outcome", "allow", "--count", "1").exits(0).out().lines().count());
  }

  @Test
  void tail_alertsAsJson_areAsTheyCame() {
    assertEquals(ALERT + "\n", tail("--alerts", "--json", "--count", "1").exits(0).out());
  }

  @Test
  void tail_unknownOutcome_tellsTheNearest() {
    Call call = tail("--outcome", "blok").exits(1);
    assertTrue(call.err().contains("did you mean 'block'?"), call.err());
  }

  @Test
  void tail_feedEnds_asksAgainUntilItsTimeIsOver() {
    Call call = tail("--for", "1500ms").exits(0);
    assertEquals(1, call.out().lines().filter(line -> line.contains("ALERT")).count());
    assertTrue(call.out().lines().count() >= 5, call.out());
    assertTrue(call.err().contains("ended the feed; asking again"), call.err());
  }

  @Test
  void tail_nobodyThere_endsWithTwo() {
    Call call = vigia("tail", "--from", "127.0.0.1:1").exits(2);
    assertTrue(call.err().contains("connection refused"), call.err());
  }

  @Test
  void next_dataOfSeveralLines_isJoined() throws IOException {
    LiveEvents events =
        new LiveEvents(
            new ByteArrayInputStream(
                "event: a\ndata: 1\ndata: 2\n\ndata:x\n\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(new LiveEvents.LiveEvent("a", "1\n2"), events.next());
    assertEquals(new LiveEvents.LiveEvent("message", "x"), events.next());
    assertEquals(null, events.next());
  }
}
