package io.vigia.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Posts batches, one behind the other, until each is acknowledged.
 *
 * <p>While one is on its way the next can be made ready; it is sent only once the first is settled,
 * so that the order of the file is the order in the log. A batch whose answer was lost is sent
 * again: the server recognises what it has.
 *
 * <p><b>Errors.</b> No connection, 429 and every 5xx are tried again, at growing intervals or when
 * {@code Retry-After} says, for {@code retryFor} since the last answer; then {@link
 * EnvironmentException}. Any other refusal of a request as a whole is {@link WrongInputException}.
 *
 * <p>Owned by one thread.
 */
final class Sender {
  private static final long RETRY_AFTER_MOST_MS = 60_000;

  private final Gateway gateway;
  private final String path;
  private final Duration retryFor;
  private final Terminal terminal;
  private final Receiver receiver;
  private @Nullable Batch inFlight;
  private @Nullable CompletableFuture<HttpResponse<byte[]>> answer;
  private long retries;

  /** Is told how batches fared, in their order. */
  interface Receiver {
    /** An event was refused, by its index in the batch. */
    void rejected(Batch batch, int index, JsonNode problems);

    /** The batch is settled: so many of its events are in the log, the others were refused. */
    void settled(Batch batch, int accepted);
  }

  Sender(Gateway gateway, String stream, Duration retryFor, Terminal terminal, Receiver receiver) {
    this.gateway = gateway;
    this.path = "/v1/streams/" + Gateway.encode(stream) + "/events";
    this.retryFor = retryFor;
    this.terminal = terminal;
    this.receiver = receiver;
  }

  /** How often a request was sent again. */
  long retries() {
    return retries;
  }

  /** Sends a batch once the one before it is settled. */
  void send(Batch batch) {
    settle();
    inFlight = batch;
    answer = post(batch);
  }

  private CompletableFuture<HttpResponse<byte[]>> post(Batch batch) {
    return gateway.post(path, batch.mediaType(), batch.body());
  }

  /** Settles the batch that is on its way if it needs no waiting. */
  void settleIfAnswered() {
    if (answer != null && answer.isDone()) {
      settle();
    }
  }

  /** Waits until the batch that is on its way is acknowledged or refused. */
  void settle() {
    Batch batch = inFlight;
    CompletableFuture<HttpResponse<byte[]>> first = answer;
    inFlight = null;
    answer = null;
    if (batch != null && first != null) {
      settle(batch, first);
    }
  }

  private void settle(Batch batch, CompletableFuture<HttpResponse<byte[]>> first) {
    Outage outage = new Outage(gateway.address(), retryFor, terminal);
    CompletableFuture<HttpResponse<byte[]>> attempt = first;
    while (true) {
      String failure;
      long waitMs = 0;
      try {
        HttpResponse<byte[]> response = attempt.get();
        if (!isTemporary(response.statusCode())) {
          outage.end();
          take(batch, response);
          return;
        }
        failure = Gateway.detail(response.statusCode(), response.body());
        waitMs = retryAfterMs(response);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (!(cause instanceof IOException)) {
          throw new IllegalStateException("posting failed", cause);
        }
        failure = Gateway.reason(cause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EnvironmentException("interrupted", "call again to go on", e);
      }
      outage.await(failure, waitMs);
      retries++;
      attempt = post(batch);
    }
  }

  private static boolean isTemporary(int status) {
    return status == 429 || status >= 500;
  }

  private static long retryAfterMs(HttpResponse<byte[]> response) {
    String header = response.headers().firstValue("Retry-After").orElse("");
    return header.matches("\\d{1,6}")
        ? Math.min(RETRY_AFTER_MOST_MS, Long.parseLong(header) * 1000)
        : 0;
  }

  private void take(Batch batch, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    JsonNode body = Gateway.read(response.body());
    if (status == 202 || (status == 400 && body.path("rejected").size() > 0)) {
      body.path("rejected")
          .forEach(
              refused ->
                  receiver.rejected(
                      batch, refused.path("index").asInt(), refused.path("problems")));
      receiver.settled(batch, batch.events() - body.path("rejected").size());
    } else if (status == 413 && batch.events() > 1) {
      for (Batch half : batch.halves()) {
        settle(half, post(half));
      }
    } else if (batch.events() == 1 && (status == 413 || status == 400)) {
      receiver.rejected(batch, 0, body.path("problems"));
      receiver.settled(batch, 0);
    } else {
      throw new WrongInputException(
          gateway.address()
              + " refused a batch (status "
              + status
              + "): "
              + Gateway.detail(status, response.body()),
          "line " + batch.line(0) + " is its first");
    }
  }
}
