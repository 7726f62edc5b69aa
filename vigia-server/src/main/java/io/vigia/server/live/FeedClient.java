package io.vigia.server.live;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/** One open page. Everything is called on its own event loop. */
final class FeedClient {
  private static final int BACKLOG_BYTES_MAX = 256 * 1024;
  private static final long SLOW_NANOS_MAX = TimeUnit.SECONDS.toNanos(15);

  private final Context loop;
  private final HttpServerResponse response;
  private long shown;
  private long skipped;
  private long slowSince = -1;

  FeedClient(Context loop, HttpServerResponse response) {
    this.loop = loop;
    this.response = response;
    response.setWriteQueueMaxSize(BACKLOG_BYTES_MAX);
  }

  Context loop() {
    return loop;
  }

  HttpServerResponse response() {
    return response;
  }

  /**
   * Sends some messages that stand for {@code count} decisions, or skips them while the client is
   * slow.
   */
  void send(Buffer messages, long count, long leftOut) {
    skipped += leftOut;
    if (response.closed() || response.ended()) {
      return;
    }
    if (response.writeQueueFull()) {
      skipped += count;
      long now = System.nanoTime();
      slowSince = slowSince < 0 ? now : slowSince;
      if (now - slowSince > SLOW_NANOS_MAX) {
        response.reset();
      }
      return;
    }
    slowSince = -1;
    shown += count;
    response.write(messages);
  }

  /** How many decisions were sent since the last time this was asked. */
  long takeShown() {
    long count = shown;
    shown = 0;
    return count;
  }

  /** How many decisions were left out since the last time this was asked. */
  long takeSkipped() {
    long count = skipped;
    skipped = 0;
    return count;
  }
}
