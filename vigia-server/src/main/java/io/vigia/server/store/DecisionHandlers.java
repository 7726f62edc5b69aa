package io.vigia.server.store;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vigia.server.http.JsonAnswer;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.server.http.RequestParameters;
import io.vigia.server.http.Shown;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET /v1/decisions} and {@code GET /v1/decisions/{id}}. */
public final class DecisionHandlers {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 1_000;
  private static final String NDJSON = "application/x-ndjson";
  private static final Set<String> PARAMETERS = parameters();

  private final DatabaseWork work;
  private final DecisionExport export;

  public DecisionHandlers(Vertx vertx, DatabaseWork work) {
    this.work = work;
    this.export = new DecisionExport(vertx, work);
  }

  /** A page of decisions, or all of them where lines of JSON are accepted. */
  public void list(RoutingContext context) {
    RequestParameters parameters = new RequestParameters(context.queryParams(), PARAMETERS);
    DecisionFilter filter = DecisionFilter.of(parameters);
    int limit = parameters.number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    PageCursor before = cursor(parameters);
    if (!parameters.faults().isEmpty()) {
      ProblemAnswer.badRequest(String.join("; ", parameters.faults())).send(context.response());
    } else if (wantsLines(context.request().headers())) {
      export.send(filter, context.response());
    } else {
      work.run(connection -> DecisionQueries.page(connection, filter, before, limit))
          .onSuccess(page -> JsonAnswer.send(context.response(), 200, json(page)))
          .onFailure(failure -> StoreFailure.of(failure).send(context.response()));
    }
  }

  /** One decision. */
  public void one(RoutingContext context) {
    String text = context.pathParam("id");
    UUID id = DecisionIds.parse(text);
    if (id == null) {
      ProblemAnswer.badRequest(
              "a decision's id has 32 hexadecimal digits, got '%s'".formatted(Shown.text(text)))
          .send(context.response());
      return;
    }
    work.run(
            connection -> {
              Optional<StoredBody> found = DecisionQueries.find(connection, id);
              return new Found(
                  found,
                  found.isPresent() ? Optional.empty() : DecisionQueries.answered(connection, id));
            })
        .onSuccess(found -> answer(context, found))
        .onFailure(failure -> StoreFailure.of(failure).send(context.response()));
  }

  /** Reads the cursor of a list. */
  public static @Nullable PageCursor cursor(RequestParameters parameters) {
    String text = parameters.text("before");
    if (text == null) {
      return null;
    }
    PageCursor cursor = PageCursor.parse(text);
    if (cursor == null) {
      parameters.fault("parameter 'before': expected the 'next' of an earlier answer");
    }
    return cursor;
  }

  private static void answer(RoutingContext context, Found found) {
    if (found.decision.isPresent()) {
      Buffer json = Buffer.buffer();
      found.decision.get().appendTo(json);
      JsonAnswer.send(context.response(), 200, json);
    } else {
      ProblemAnswer.notFound(
              found
                  .answered
                  .map(
                      answered ->
                          "there is no decision yet; '%s' was answered in its place"
                              .formatted(answered))
                  .orElse("no decision of this id is stored"))
          .send(context.response());
    }
  }

  private static Buffer json(DecisionQueries.Page page) {
    Buffer json = Buffer.buffer("{\"decisions\":[");
    boolean first = true;
    for (StoredBody decision : page.decisions()) {
      if (!first) {
        json.appendString(",");
      }
      first = false;
      decision.appendTo(json);
    }
    PageCursor next = page.next();
    return json.appendString(next == null ? "],\"next\":null}" : "],\"next\":\"" + next + "\"}");
  }

  private static boolean wantsLines(MultiMap headers) {
    String accept = headers.get(HttpHeaders.ACCEPT);
    return accept != null && accept.toLowerCase(Locale.ROOT).contains(NDJSON);
  }

  private static Set<String> parameters() {
    Set<String> names = new HashSet<>(DecisionFilter.PARAMETERS);
    names.add("before");
    names.add("limit");
    return Set.copyOf(names);
  }

  private record Found(Optional<StoredBody> decision, Optional<String> answered) {}
}
