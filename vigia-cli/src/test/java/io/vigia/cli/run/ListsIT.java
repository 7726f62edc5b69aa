package io.vigia.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.cli.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list is changed by the command while payments flow, and the process is killed in between. */
class ListsIT {
  private static final String FILE =
      """
      vigia: 1
      pipeline: cards
      streams:
        payments:
          id: payment_id
          time: created_at
          key: card
          fields: {payment_id: string, created_at: timestamp, card: string, merchant: string}
          decide: {deadline: 10s}
      features:
        listed_ever: {on: payments, by: merchant, count: true, where: 'event.card in lists.blocked_cards'}
      lists:
        blocked_cards: {of: string, values: [f1]}
      rules:
        - id: listed
          when: 'event.card in lists.blocked_cards'
          outcome: block
          reason: '{{listed_ever}}'
        - {id: later, when: 'listed_ever >= 1', outcome: review, reason: '{{listed_ever}}'}
      """;

  @TempDir Path folder;
  private final List<String> sent = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 2"})
  void run_listChangedWhilePaymentsFlow_countsAtOnceAndSurvivesTheKill(
      int partitions, int parallelism) throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), FILE);
    int port = RunningVigia.freePort();
    RunningVigia running = run(port, partitions, parallelism).awaitReady();
    try {
      assertEquals("allow", outcome(running, "c1"));
      assertEquals("block", outcome(running, "f1"));
      AtomicBoolean ended = new AtomicBoolean();
      Thread flow = flow(running, ended);
      lists(running, "add", "blocked_cards", "c1", "--note", "stolen").exits(0);
      assertEquals("block", outcome(running, "c1"), "the next payment");
      ended.set(true);
      flow.join();

      running.kill();
      running = run(port, partitions, parallelism).awaitReady();
      assertEquals("block", outcome(running, "c1"), "it is kept");
      lists(running, "remove", "blocked_cards", "c1").exits(0);
      assertEquals("review", outcome(running, "c1"), "it is forgotten");
      lists(running, "remove", "blocked_cards", "f1", "--json").exits(0);
      assertEquals("review", outcome(running, "f1"), "the file says otherwise");

      lists(running, "add", "blocked_cards", "c2", "--until", "2026-01-02T00:00:00Z").exits(0);
      assertEquals("block", outcome(running, "c2", "2026-01-01T23:59:59.999Z"));
      assertEquals("review", outcome(running, "c2", "2026-01-02T00:00:00Z"), "by event time");

      verify(running, partitions == 1);
    } finally {
      running.close();
    }
  }

  @Test
  void run_listsShownAndWrong_areToldByTheCommand() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), FILE);
    try (RunningVigia running = run(RunningVigia.freePort(), 1, 1).awaitReady()) {
      Path stolen = folder.resolve("stolen.csv");
      Files.writeString(stolen, "value,for,note\nc7,7d,stolen\n,1d,nobody\n");
      Call imported = lists(running, "import", "blocked_cards", stolen.toString()).exits(1);
      assertTrue(imported.out().contains("1 value put into blocked_cards"), imported.out());
      assertTrue(imported.err().contains("stolen.csv:3  the entry has no value"), imported.err());
      Call all = lists(running).exits(0);
      assertTrue(all.out().contains("blocked_cards  string           2"), all.out());
      Call shown = lists(running, "show", "blocked_cards").exits(0);
      assertTrue(shown.out().contains("  c7  added until "), shown.out());
      assertTrue(shown.out().contains("  f1  declared in the file"), shown.out());
      Call unknown = lists(running, "show", "bloked_cards").exits(1);
      assertTrue(unknown.err().contains("did you mean 'blocked_cards'?"), unknown.err());
      lists(running, "remove", "blocked_cards", "nobody").exits(1);
      lists(running, "add", "blocked_cards", "x", "--for", "soon").exits(1);
      Call page = lists(running, "show", "blocked_cards", "--search", "STOLEN", "--json").exits(0);
      assertEquals(1, page.json().path("values").size(), page.out());
    }
    Call away = Call.vigia("lists", "--at", "http://127.0.0.1:1").exits(2);
    assertTrue(away.err().contains("does not answer"), away.err());
  }

  /** A replay of what was sent decides as it was decided, by the lists as they were. */
  private void verify(RunningVigia running, boolean exact) throws Exception {
    Path events = folder.resolve("payments.ndjson");
    synchronized (sent) {
      Files.write(events, sent);
    }
    List<String> words = new ArrayList<>(List.of("--events", "payments=" + events));
    if (exact) {
      words.add("--exact");
    }
    running.assertDecidedAsReplayed(
        sent.size(), folder.resolve("pipeline.yaml"), words.toArray(String[]::new));
  }

  /** Payments of other cards, one behind the other. */
  private Thread flow(RunningVigia running, AtomicBoolean ended) {
    Thread flow =
        new Thread(
            () -> {
              try {
                for (int i = 0; !ended.get(); i++) {
                  outcome(running, "flow" + i % 7);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    flow.start();
    return flow;
  }

  private RunningVigia run(int port, int partitions, int parallelism) throws Exception {
    return RunningVigia.run(
        folder,
        folder.resolve("pipeline.yaml"),
        port,
        "--partitions",
        Integer.toString(partitions),
        "--parallelism",
        Integer.toString(parallelism));
  }

  private static Call lists(RunningVigia running, String... words) {
    List<String> all = new ArrayList<>(List.of("lists"));
    all.addAll(List.of(words));
    all.addAll(List.of("--at", running.url()));
    return Call.vigia(all.toArray(String[]::new));
  }

  private String outcome(RunningVigia running, String card) throws Exception {
    return outcome(running, card, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** One at a time, so that the file has the order of the log. */
  private String outcome(RunningVigia running, String card, String time) throws Exception {
    synchronized (sent) {
      String event =
          "{\"payment_id\":\"p%d\",\"card\":\"%s\",\"merchant\":\"m\",\"created_at\":\"%s\"}"
              .formatted(sent.size(), card, time);
      sent.add(event);
      return running.outcome("payments", event);
    }
  }
}
