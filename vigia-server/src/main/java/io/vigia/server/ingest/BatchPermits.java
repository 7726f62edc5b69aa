package io.vigia.server.ingest;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vigia.server.http.ProblemAnswer;
import java.util.concurrent.Semaphore;

/** Lets only so many batches in at a time, for each lies in memory until it is in the log. */
public final class BatchPermits implements Handler<RoutingContext> {
  private final Semaphore permits;

  public BatchPermits(int max) {
    this.permits = new Semaphore(max);
  }

  @Override
  public void handle(RoutingContext context) {
    if (!permits.tryAcquire()) {
      ProblemAnswer.tooMany("too many batches are being taken").send(context.response());
      return;
    }
    context.addEndHandler(ended -> permits.release());
    context.next();
  }
}
