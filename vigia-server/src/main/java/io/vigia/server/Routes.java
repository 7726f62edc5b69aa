package io.vigia.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vigia.server.alert.AlertHandlers;
import io.vigia.server.health.Readiness;
import io.vigia.server.http.BodyLimit;
import io.vigia.server.http.JsonAnswer;
import io.vigia.server.http.Route;
import io.vigia.server.ingest.BatchPermits;
import io.vigia.server.ingest.DecideHandler;
import io.vigia.server.ingest.EventsHandler;
import io.vigia.server.list.ListChangeHandlers;
import io.vigia.server.list.ListHandlers;
import io.vigia.server.live.LiveFeed;
import io.vigia.server.live.PipelineStatistics;
import io.vigia.server.live.Statistics;
import io.vigia.server.store.DecisionHandlers;
import io.vigia.server.tick.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everything that can be asked over HTTP, in one table; {@code openapi.json} describes the same.
 */
record Routes(
    String instance,
    List<ServedPipeline> pipelines,
    ServerLimits limits,
    DecideHandler decide,
    EventsHandler events,
    DecisionHandlers decisions,
    AlertHandlers alerts,
    ListHandlers lists,
    ListChangeHandlers listChanges,
    Statistics statistics,
    LiveFeed live,
    Readiness readiness,
    Ticker ticker,
    Supplier<JsonObject> gateway) {

  private static final int IMPORTS_MAX = 16;

  List<Route> table() {
    Buffer openApi = openApi();
    BodyLimit small = new BodyLimit(limits.eventBytes());
    return List.of(
        new Route(
            HttpMethod.POST,
            "/v1/streams/{stream}/decide",
            List.of(new BodyLimit(limits.eventBytes()), decide)),
        new Route(
            HttpMethod.POST,
            "/v1/streams/{stream}/events",
            List.of(
                new BatchPermits(limits.batchesMax()), new BodyLimit(limits.batchBytes()), events)),
        Route.get("/v1/decisions", decisions::list),
        Route.get("/v1/decisions/{id}", decisions::one),
        Route.get("/v1/alerts", alerts::list),
        Route.get("/v1/lists", lists::all),
        Route.get("/v1/lists/{list}", lists::one),
        Route.get("/v1/lists/{list}/changes", lists::changes),
        new Route(
            HttpMethod.POST,
            "/v1/lists/{list}/entries",
            List.of(
                new BatchPermits(IMPORTS_MAX),
                new BodyLimit(limits.batchBytes()),
                listChanges::post)),
        new Route(
            HttpMethod.PUT, "/v1/lists/{list}/entries/{value}", List.of(small, listChanges::put)),
        new Route(
            HttpMethod.DELETE,
            "/v1/lists/{list}/entries/{value}",
            List.of(small, listChanges::delete)),
        Route.get("/v1/pipelines", this::listPipelines),
        Route.get("/v1/stats", this::stats),
        Route.get("/v1/live", context -> live.open(context, statistics.newest())),
        Route.get("/healthz", Routes::alive),
        Route.get("/readyz", this::ready),
        Route.get("/openapi.json", context -> JsonAnswer.send(context.response(), 200, openApi)));
  }

  private void listPipelines(RoutingContext context) {
    JsonArray list = new JsonArray();
    pipelines.forEach(pipeline -> list.add(PipelineJson.of(pipeline)));
    JsonAnswer.send(
        context.response(), 200, new JsonObject().put("instance", instance).put("pipelines", list));
  }

  private void stats(RoutingContext context) {
    statistics
        .refresh()
        .onSuccess(
            figures -> {
              JsonArray list = new JsonArray();
              figures.forEach(each -> list.add(stats(each)));
              JsonAnswer.send(
                  context.response(),
                  200,
                  gateway.get().put("pipelines", list).put("history", statistics.history()));
            })
        .onFailure(context::fail);
  }

  private JsonObject stats(PipelineStatistics figures) {
    JsonObject json = figures.json().put("since_start", figures.totalLatencies());
    ticker.passed(figures.pipeline()).ifPresent(time -> json.put("passed", time.toString()));
    return json;
  }

  private static void alive(RoutingContext context) {
    JsonAnswer.send(context.response(), 200, new JsonObject().put("alive", true));
  }

  private void ready(RoutingContext context) {
    JsonObject state = readiness.json();
    boolean ready = state.getBoolean("ready");
    if (!ready) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    JsonAnswer.send(context.response(), ready ? 200 : 503, state);
  }

  private static Buffer openApi() {
    try (InputStream document = Routes.class.getResourceAsStream("openapi.json")) {
      if (document == null) {
        throw new IllegalStateException("openapi.json is missing from the class path");
      }
      return Buffer.buffer(document.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
