package io.vigia.server.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Reads a request's body into memory, up to a limit; a larger one fails with 413. */
public final class BodyLimit implements Handler<RoutingContext> {
  static final String LIMIT_KEY = "vigia.bodyLimit";

  private final long bytesMax;
  private final BodyHandler body;

  public BodyLimit(long bytesMax) {
    this.bytesMax = bytesMax;
    this.body = BodyHandler.create(false).setBodyLimit(bytesMax);
  }

  @Override
  public void handle(RoutingContext context) {
    context.put(LIMIT_KEY, bytesMax);
    body.handle(context);
  }
}
