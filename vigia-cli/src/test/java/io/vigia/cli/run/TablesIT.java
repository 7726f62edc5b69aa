package io.vigia.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Payments are judged by the rows of their buyers while these change; the process is killed in
 * between, and a job without state makes the rows of the log.
 */
class TablesIT {
  private static final String FILE =
      """
      vigia: 1
      pipeline: cards
      streams:
        payments:
          id: payment_id
          time: created_at
          key: card
          fields: {payment_id: string, created_at: timestamp, card: string, buyer: string?, amount: decimal}
          decide: {deadline: 10s}
        customer_changes:
          id: change_id
          time: changed_at
          key: customer
          fields: {change_id: string, changed_at: timestamp, customer: string, limit: decimal?, op: string?}
          decide: {deadline: 10s}
      features:
        card_count: {on: payments, by: card, count: true, over: 1h}
      tables:
        customers: {on: customer_changes, key: customer, by: buyer, delete_when: 'event.op == "delete"'}
      rules:
        - {id: unknown, on: payments, when: '!has(tables.customers)', outcome: challenge}
        - id: over_limit
          on: payments
          when: 'event.amount > tables.customers.limit'
          outcome: block
          reason: 'limit {{tables.customers.limit}}'
        - {id: many, on: payments, when: 'card_count > 1000', outcome: review}
      """;

  @TempDir Path folder;
  private final List<String> payments = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 2"})
  void run_rowChangedWhilePaymentsFlow_countsForTheNextOneAndSurvivesTheKill(
      int partitions, int parallelism) throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), FILE);
    int port = RunningVigia.freePort();
    RunningVigia running = run(port, partitions, parallelism).awaitReady();
    try {
      assertEquals("challenge", pay(running, "ana"));
      change(running, "ana", "\"limit\":100");
      assertEquals("block", pay(running, "ana"));
      assertEquals("challenge", pay(running, "bo"));
      change(running, "bo", "\"limit\":100");
      change(running, "ana", "\"limit\":200");
      assertEquals("allow", pay(running, "ana"));

      running.kill();
      running = run(port, partitions, parallelism).awaitReady();
      assertEquals("allow", pay(running, "ana"), "her newest row is kept");
      assertEquals("block", pay(running, "bo"));
      change(running, "ana", "\"op\":\"delete\"");
      assertEquals("challenge", pay(running, "ana"));
      backtest(running);

      // Another feature is another state: the job begins without one, from the log.
      running.kill();
      Files.writeString(folder.resolve("pipeline.yaml"), FILE.replace("over: 1h", "over: 2h"));
      running = run(port, partitions, parallelism).awaitReady();
      assertEquals("challenge", pay(running, "ana"), "her deletion is in the log");
      assertEquals("block", pay(running, "bo"), "and so is his row");
    } finally {
      running.close();
    }
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

  /** A replay of what was sent, the changes from a file of their own, decides as it was decided. */
  private void backtest(RunningVigia running) throws Exception {
    Path paid = Files.write(folder.resolve("payments.ndjson"), payments);
    Path changed = Files.write(folder.resolve("changes.ndjson"), changes);
    running.assertDecidedAsReplayed(
        payments.size() + changes.size(),
        folder.resolve("pipeline.yaml"),
        "--events",
        "payments=" + paid,
        "--events",
        "customer_changes=" + changed);
  }

  private String pay(RunningVigia running, String buyer) throws Exception {
    String event =
        "{\"payment_id\":\"p%d\",\"card\":\"c\",\"buyer\":\"%s\",\"amount\":150,\"created_at\":\"%s\"}"
            .formatted(payments.size(), buyer, now());
    payments.add(event);
    return running.outcome("payments", event);
  }

  private void change(RunningVigia running, String customer, String values) throws Exception {
    String event =
        "{\"change_id\":\"h%d\",\"customer\":\"%s\",\"changed_at\":\"%s\",%s}"
            .formatted(changes.size(), customer, now(), values);
    changes.add(event);
    running.outcome("customer_changes", event);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
