package io.vigia.benchmarks.load;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vigia.benchmarks.payments.Payment;
import io.vigia.benchmarks.payments.Payments;
import io.vigia.benchmarks.payments.W1;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends payments on schedule over kept-alive HTTP/1.1 connections, whether or not earlier ones have
 * been answered.
 *
 * <p><b>Units and bounds.</b> At most {@value #CONNECTIONS_MAX} connections; a request that finds
 * none waits, and its latency goes on counting. What is not answered {@value #PATIENCE_SECONDS}
 * seconds after the last one was due is an error.
 */
final class LoadGenerator implements AutoCloseable {
  /*
   * One thread keeps the schedule and hands each request to the one event loop, which sends it,
   * takes the answer and records the latency. Bodies are made before the first request is due, so that
   * making them costs nothing while it is measured.
   */
  private static final int CONNECTIONS_MAX = 256;
  private static final int PATIENCE_SECONDS = 10;
  private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions().setKeepAlive(true).setTcpNoDelay(true),
          new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
  private final Context loop = vertx.getOrCreateContext();

  /** A request body and what its answer must have in it. */
  private record Prepared(Buffer body, byte[] expected) {
    static Prepared of(long n) {
      Payment payment = Payments.at(n);
      return new Prepared(
          Buffer.buffer(payment.json(W1.LARGE)),
          ("\"" + payment.id() + "\"").getBytes(StandardCharsets.US_ASCII));
    }
  }

  LoadResult run(LoadTask task) throws InterruptedException {
    Prepared[] requests = new Prepared[task.requests()];
    for (int i = 0; i < requests.length; i++) {
      requests[i] = Prepared.of(task.first() + i);
    }
    // What was made for the run before is garbage now, and shall not be collected while we measure.
    System.gc();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(task.host())
            .setPort(task.port())
            .setURI(task.path())
            .putHeader("content-type", "application/json");
    Tally tally = new Tally(requests.length);
    double intervalNanos = 1e9 / task.rate();
    long begin = System.nanoTime() + AHEAD_NANOS;
    long lateNanos = 0;
    for (int i = 0; i < requests.length; i++) {
      long due = begin + Math.round(i * intervalNanos);
      for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
        LockSupport.parkNanos(rest);
      }
      lateNanos = Math.max(lateNanos, System.nanoTime() - due);
      Prepared request = requests[i];
      loop.runOnContext(now -> send(options, request, due, tally));
    }
    tally.await(PATIENCE_SECONDS);
    return tally.result(loop, TimeUnit.NANOSECONDS.toMicros(lateNanos));
  }

  private void send(RequestOptions options, Prepared prepared, long due, Tally tally) {
    client
        .request(options)
        .compose(request -> request.send(prepared.body))
        .compose(
            response -> response.body().map(body -> Verdict.of(response, body, prepared.expected)))
        .onComplete(
            answer ->
                tally.add(
                    System.nanoTime() - due, answer.succeeded() ? answer.result() : Verdict.ERROR));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(2, TimeUnit.SECONDS).join();
  }
}
