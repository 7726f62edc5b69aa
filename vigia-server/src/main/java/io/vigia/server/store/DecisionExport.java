package io.vigia.server.store;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vigia.server.http.ProblemAnswer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends all decisions that match, one in each line, however many they are.
 *
 * <p><b>Units and bounds.</b> {@value #EXPORTS_MAX} at a time; no more than some portions of
 * {@value #PORTION_BYTES} bytes in memory: the store is read as fast as the client reads.
 *
 * <p><b>Errors.</b> Once lines have been sent, a failure cuts the connection, so that nobody takes
 * a part for the whole.
 */
final class DecisionExport {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionExport.class);

  private static final int EXPORTS_MAX = 2;
  private static final int PORTION_BYTES = 64 * 1024;
  private static final int PORTIONS_AHEAD = 8;
  private static final Duration STALLED_MAX = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final DatabaseWork work;
  private final Semaphore exports = new Semaphore(EXPORTS_MAX);

  DecisionExport(Vertx vertx, DatabaseWork work) {
    this.vertx = vertx;
    this.work = work;
  }

  void send(DecisionFilter filter, HttpServerResponse response) {
    if (!exports.tryAcquire()) {
      ProblemAnswer.tooMany("%d lists are being sent already".formatted(EXPORTS_MAX))
          .send(response);
      return;
    }
    Portions portions = new Portions(vertx.getOrCreateContext(), response);
    work.run(
            connection -> {
              DecisionQueries.export(connection, filter, portions::take);
              return true;
            })
        .onComplete(
            done -> {
              exports.release();
              if (done.succeeded()) {
                portions.end();
              } else {
                failed(response, done.cause());
              }
            });
  }

  private static void failed(HttpServerResponse response, Throwable failure) {
    if (!response.headWritten()) {
      StoreFailure.of(failure).send(response);
    } else {
      LOG.warn("a list of decisions broke off", failure);
      response.reset();
    }
  }

  /** The lines on their way: filled on a thread of the database, sent on the event loop. */
  private static final class Portions {
    private final Context loop;
    private final HttpServerResponse response;
    private final Semaphore ahead = new Semaphore(PORTIONS_AHEAD);
    private volatile boolean gone;
    private Buffer lines = Buffer.buffer();

    Portions(Context loop, HttpServerResponse response) {
      this.loop = loop;
      this.response = response;
      response.closeHandler(closed -> gone = true);
    }

    /** Takes the next line; false when nobody reads any more. */
    boolean take(StoredBody decision) {
      decision.appendTo(lines);
      lines.appendString("\n");
      if (lines.length() >= PORTION_BYTES) {
        Buffer full = lines;
        lines = Buffer.buffer();
        return pass(full);
      }
      return !gone;
    }

    private boolean pass(Buffer portion) {
      try {
        if (gone || !ahead.tryAcquire(STALLED_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
          gone = true;
          loop.runOnContext(now -> response.reset());
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      loop.runOnContext(
          now -> {
            begin();
            response
                .write(portion)
                .onComplete(
                    written -> {
                      gone |= written.failed();
                      ahead.release();
                    });
          });
      return true;
    }

    /** Sends what is left; on the event loop, after all portions. */
    void end() {
      if (!gone) {
        begin();
        response.end(lines);
      }
    }

    private void begin() {
      if (!response.headWritten()) {
        response
            .setChunked(true)
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      }
    }
  }
}
