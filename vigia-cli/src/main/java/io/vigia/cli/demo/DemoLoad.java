package io.vigia.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.gateway.Gateway;
import io.vigia.core.problem.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a demo against a running gateway: first the day before, then live payments at an even rate.
 *
 * <p><b>Shape.</b> {@link #run} returns when the demo is over or was stopped, and every payment has
 * its answer or has waited long enough for it.
 *
 * <p><b>Units and bounds.</b> An open loop: payments leave when they are due, whether or not
 * earlier ones are answered, and latency counts from then. At most {@value #WAITING_MAX} wait for
 * their answer; beyond that payments are not sent and counted as errors.
 *
 * <p><b>Errors.</b> {@link EnvironmentException} when the gateway does not take the history. A live
 * payment that fails is counted.
 */
public final class DemoLoad {
  /*
   * The history goes in batches and is waited for, for three reasons: rules find what is usual, the live payments do
   * not queue behind it, and all code on the way is warm when the first of them is due. Where the
   * gateway knows events already, from an earlier demo on the same data, a short one does.
   */
  private static final int WAITING_MAX = 5_000;
  private static final int BATCH = 500;
  private static final int SHORT_HISTORY = 1_000;
  private static final Duration SHORT_SPAN = Duration.ofSeconds(30);
  private static final Duration HISTORY_PATIENCE = Duration.ofSeconds(60);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(3);
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(5);
  private static final long BUSY_PAUSE_MS = 200;
  private static final long LOOK_MS = 50;
  private static final long REFRESH_MS = 100;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final DemoSettings settings;
  private final Instant startedAt;
  private final InstantSource clock;
  private final String run;
  private final CompletableFuture<People> people;
  private final DemoTally tally = new DemoTally();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private ServerCounts lastCounts = ServerCounts.NONE;
  private volatile @Nullable Duration firstDecision;

  /** Who pays, and what they have paid before. */
  private record People(PaymentGenerator generator, List<Payment> history) {}

  /**
   * Begins to make up the people, in a thread of its own, so that it is done when the gateway is
   * ready.
   *
   * @param startedAt when the command began, from which the first decision is measured
   */
  public DemoLoad(DemoSettings settings, Instant startedAt, InstantSource clock) {
    this.settings = settings;
    this.startedAt = startedAt;
    this.clock = clock;
    this.run = PaymentGenerator.runAt(startedAt);
    this.people =
        CompletableFuture.supplyAsync(
            () -> {
              PaymentGenerator generator = new PaymentGenerator(settings.seed(), run);
              List<Payment> history =
                  generator.history(clock.instant(), settings.historySpan(), settings.history());
              return new People(generator, history);
            },
            task -> thread(task).start());
  }

  /** Plays it, in this thread and one more. */
  public DemoSummary run(Gateway gateway, DemoScreen screen) throws InterruptedException {
    ServerCounts before = counts(gateway);
    lastCounts = before;
    long history = playHistory(gateway, before, screen);
    String address = gateway.address().toString();
    screen.started(address, settings.rate(), run, clock.instant());
    long fromNanos = System.nanoTime();
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() -> send(gateway, screen), task -> thread(task).start());
    while (!sending.isDone()) {
      screen.refresh(tally);
      if (stopped.await(REFRESH_MS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    finish(sending);
    Duration length = Duration.ofNanos(System.nanoTime() - fromNanos);
    waitFor(ANSWER_PATIENCE, () -> tally.inFlight() == 0);
    waitFor(STORE_PATIENCE, () -> countsSoFar(gateway).since(before).isLevel());
    DemoSummary summary = summary(history, length, countsSoFar(gateway).since(before));
    screen.finished(summary);
    return summary;
  }

  /** Ends the demo soon: {@link #run} then returns. */
  public void stop() {
    stopped.countDown();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "demo-load");
    thread.setDaemon(true);
    return thread;
  }

  private static void finish(CompletableFuture<Void> sending) throws InterruptedException {
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load must not fail", e.getCause());
    }
  }

  private static ServerCounts counts(Gateway gateway) {
    return ServerCounts.read(gateway.json(ServerCounts.PATH), Payment.PIPELINE);
  }

  /** The counts, or the last ones known when the gateway has been stopped meanwhile. */
  private ServerCounts countsSoFar(Gateway gateway) {
    try {
      lastCounts = counts(gateway);
    } catch (EnvironmentException e) {
      // what is known is shown
    }
    return lastCounts;
  }

  private long playHistory(Gateway gateway, ServerCounts before, DemoScreen screen)
      throws InterruptedException {
    People known = people.join();
    List<Payment> payments =
        before.events() == 0
            ? known.history
            : known.generator.history(
                clock.instant(), SHORT_SPAN, Math.min(settings.history(), SHORT_HISTORY));
    int all = payments.size();
    long accepted = 0;
    for (int from = 0; from < all && !isStopped(); from += BATCH) {
      accepted += accept(gateway, payments.subList(from, Math.min(all, from + BATCH)));
      screen.history(decidedSince(gateway, before), all);
    }
    if (accepted < all && !isStopped()) {
      screen.note((all - accepted) + " earlier payments were refused");
    }
    long expected = accepted;
    waitFor(
        HISTORY_PATIENCE,
        () -> {
          long decided = decidedSince(gateway, before);
          screen.history(decided, expected);
          return decided >= expected;
        });
    return accepted;
  }

  private long decidedSince(Gateway gateway, ServerCounts before) {
    long decided = counts(gateway).since(before).decisions();
    if (decided > 0) {
      noteFirstDecision();
    }
    return decided;
  }

  private void noteFirstDecision() {
    if (firstDecision == null) {
      firstDecision = Duration.between(startedAt, clock.instant());
    }
  }

  /** Sends a batch, again as long as the gateway is busy; gives how many were accepted. */
  private int accept(Gateway gateway, List<Payment> payments) throws InterruptedException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Payment payment : payments) {
      lines.writeBytes(payment.json());
      lines.write('\n');
    }
    long patienceEnds = System.nanoTime() + HISTORY_PATIENCE.toNanos();
    while (!isStopped()) {
      HttpResponse<byte[]> answer =
          post(gateway, "events", "application/x-ndjson", lines.toByteArray());
      if (answer.statusCode() == ACCEPTED) {
        return Gateway.read(answer.body()).path("accepted").asInt();
      }
      boolean busy = answer.statusCode() == TOO_MANY || answer.statusCode() == UNAVAILABLE;
      if (!busy || System.nanoTime() - patienceEnds > 0) {
        throw new EnvironmentException(
            "the gateway does not take the history: "
                + Gateway.detail(answer.statusCode(), answer.body()),
            "look at its log, or play without a history");
      }
      var unused = stopped.await(BUSY_PAUSE_MS, TimeUnit.MILLISECONDS);
    }
    return 0;
  }

  private static HttpResponse<byte[]> post(Gateway gateway, String kind, String type, byte[] body)
      throws InterruptedException {
    try {
      return gateway
          .post(path(kind), type, body)
          .get(HISTORY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new EnvironmentException(
          gateway.address() + " does not answer: " + Gateway.reason(cause),
          "start it again",
          cause);
    }
  }

  private static String path(String kind) {
    return "/v1/streams/" + Payment.STREAM + "/" + kind;
  }

  private void send(Gateway gateway, DemoScreen screen) {
    Duration length = settings.length();
    Pace pace = new Pace(settings.rate(), settings.rampUp());
    Instant from = clock.instant();
    long fromNanos = System.nanoTime();
    long lengthNanos = length == null ? Long.MAX_VALUE : length.toNanos();
    PaymentGenerator generator = people.join().generator;
    generator.playFrauds(from, length == null ? null : from.plus(length), settings.rate());
    for (long n = 0; ; n++) {
      long due = pace.nanosOf(n);
      if (due >= lengthNanos || !awaitNanos(fromNanos + due)) {
        return;
      }
      Payment payment = generator.next(from.plusNanos(due));
      tally.sent();
      if (tally.inFlight() > WAITING_MAX) {
        tally.failed(payment, "not sent: " + WAITING_MAX + " are waiting already");
        continue;
      }
      var unused =
          gateway
              .post(path("decide"), "application/json", payment.json())
              .whenComplete(
                  (answer, failure) -> answered(payment, fromNanos + due, answer, failure, screen));
    }
  }

  /** Waits for a moment; false when the demo was stopped before it. */
  private boolean awaitNanos(long atNanos) {
    try {
      return !stopped.await(Math.max(0, atNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void answered(
      Payment payment,
      long dueNanos,
      @Nullable HttpResponse<byte[]> response,
      @Nullable Throwable failure,
      DemoScreen screen) {
    long nanos = System.nanoTime() - dueNanos;
    if (response == null) {
      tally.failed(payment, failure == null ? "no answer" : Gateway.reason(failure));
    } else if (response.statusCode() != OK) {
      tally.failed(payment, "status " + response.statusCode());
    } else {
      JsonNode json = Gateway.read(response.body());
      Answer answer = Answer.read(json);
      tally.answered(payment, answer, nanos);
      if (!answer.fallback()) {
        noteFirstDecision();
      }
      if (answer.stops()) {
        screen.stopped(payment, answer);
      }
    }
  }

  /** Looks until something is so, the demo is stopped, or patience ends. */
  private void waitFor(Duration patience, BooleanSupplier done) throws InterruptedException {
    long ends = System.nanoTime() + patience.toNanos();
    while (!done.getAsBoolean() && System.nanoTime() - ends < 0) {
      if (stopped.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private DemoSummary summary(long history, Duration length, ServerCounts server) {
    return new DemoSummary(
        history,
        tally.sentCount(),
        length,
        server,
        tally.fallbacks(),
        tally.errors(),
        firstDecision,
        tally.latencyMs(50),
        tally.latencyMs(99),
        tally.latencyMs(100),
        tally.frauds(),
        tally.goodCount(),
        tally.falsePositives());
  }
}
