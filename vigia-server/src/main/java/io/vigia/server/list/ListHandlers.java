package io.vigia.server.list;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vigia.core.event.ListChange;
import io.vigia.server.http.JsonAnswer;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.server.http.RequestParameters;
import io.vigia.server.list.ListBook.KnownList;
import io.vigia.server.list.ListDirectory.Found;
import io.vigia.wire.event.JsonBytes;
import io.vigia.wire.list.ListChangeJson;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what is asked about lists: {@code GET /v1/lists} and what is below it. */
public final class ListHandlers {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 1_000;
  private static final int SEARCH_MAX = 1_024;

  private final Vertx vertx;
  private final ListDirectory directory;
  private final InstantSource clock;

  public ListHandlers(Vertx vertx, ListDirectory directory, InstantSource clock) {
    this.vertx = vertx;
    this.directory = directory;
    this.clock = clock;
  }

  /** All lists. */
  public void all(RoutingContext context) {
    RequestParameters parameters = new RequestParameters(context.queryParams(), Set.of("pipeline"));
    String pipeline = parameters.text("pipeline");
    if (isFaulty(parameters, context)) {
      return;
    }
    long now = clock.millis();
    vertx
        .executeBlocking(
            () -> {
              JsonArray lists = new JsonArray();
              for (ListBook book : directory.books().values()) {
                if (pipeline == null || pipeline.equals(book.pipeline())) {
                  book.lists().values().forEach(list -> lists.add(ListJson.of(list, now)));
                }
              }
              return new JsonObject().put("lists", lists);
            },
            false)
        .onSuccess(json -> JsonAnswer.send(context.response(), 200, json))
        .onFailure(context::fail);
  }

  /** A page of one list. */
  public void one(RoutingContext context) {
    RequestParameters parameters =
        new RequestParameters(
            context.queryParams(), Set.of("pipeline", "search", "after", "limit"));
    int limit = parameters.number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    String search = parameters.text("search");
    if (search != null && search.length() > SEARCH_MAX) {
      parameters.fault("parameter 'search': expected at most " + SEARCH_MAX + " characters");
    }
    String after = parameters.text("after");
    Found found = found(parameters, context);
    if (found == null) {
      return;
    }
    long now = clock.millis();
    vertx
        .executeBlocking(
            () -> ListJson.page(found.list(), search, after == null ? "" : after, limit, now),
            false)
        .onSuccess(json -> JsonAnswer.send(context.response(), 200, json))
        .onFailure(context::fail);
  }

  /** All that is known to have been said about one list, as lines of JSON. */
  public void changes(RoutingContext context) {
    RequestParameters parameters = new RequestParameters(context.queryParams(), Set.of("pipeline"));
    Found found = found(parameters, context);
    if (found == null) {
      return;
    }
    vertx
        .executeBlocking(() -> lines(found.list()), false)
        .onSuccess(
            lines ->
                context
                    .response()
                    .putHeader("Content-Type", "application/x-ndjson")
                    .putHeader("Cache-Control", "no-store")
                    .end(lines))
        .onFailure(context::fail);
  }

  private static Buffer lines(KnownList list) {
    Buffer lines = Buffer.buffer();
    JsonBytes bytes = new JsonBytes();
    for (ListChange change : list.history().changes()) {
      lines.appendBytes(ListChangeJson.encode(change, bytes)).appendByte((byte) '\n');
    }
    return lines;
  }

  private @Nullable Found found(RequestParameters parameters, RoutingContext context) {
    return isFaulty(parameters, context)
        ? null
        : directory.find(context, parameters.text("pipeline"));
  }

  static boolean isFaulty(RequestParameters parameters, RoutingContext context) {
    if (parameters.faults().isEmpty()) {
      return false;
    }
    ProblemAnswer.badRequest(String.join("; ", parameters.faults())).send(context.response());
    return true;
  }
}
