package io.vigia.server.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vigia.server.http.ProblemAnswer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends decisions, alerts and figures to open pages as they come, as server-sent events.
 *
 * <p><b>Shape.</b> Events {@code decision}, {@code alert} and, each second, {@code stats}, each
 * with JSON in one line.
 *
 * <p><b>Units and bounds.</b> At most {@value #CLIENTS_MAX} pages; {@value #DECISIONS_PER_SECOND}
 * decisions and {@value #ALERTS_PER_SECOND} alerts a second, the severe ones first. A page that
 * does not read is skipped, and cut off after a while. How many were shown and skipped stands in
 * {@code stats}.
 */
public final class LiveFeed {
  private static final int CLIENTS_MAX = 64;
  private static final int DECISIONS_PER_SECOND = 50;
  private static final int ALERTS_PER_SECOND = 20;
  private static final int ALERTS_REMEMBERED = 10_000;
  private static final long FLUSH_MS = 100;

  private final Vertx vertx;
  private final InstantSource clock;
  private final Map<String, List<String>> outcomesOfPipeline;
  private final FeedSample decisions = new FeedSample(DECISIONS_PER_SECOND);
  private final FeedSample alerts = new FeedSample(ALERTS_PER_SECOND);
  private final Cache<String, Boolean> alertsSeen =
      Caffeine.newBuilder().maximumSize(ALERTS_REMEMBERED).build();
  private final Set<FeedClient> clients = ConcurrentHashMap.newKeySet();
  private long timer = -1;

  /**
   * A feed.
   *
   * @param outcomesOfPipeline each pipeline's outcomes from mild to severe
   */
  public LiveFeed(Vertx vertx, InstantSource clock, Map<String, List<String>> outcomesOfPipeline) {
    this.vertx = vertx;
    this.clock = clock;
    this.outcomesOfPipeline = Map.copyOf(outcomesOfPipeline);
  }

  public void start() {
    timer = vertx.setPeriodic(FLUSH_MS, fired -> flush());
  }

  /** Sends nothing more and ends the pages' connections. */
  public void close() {
    vertx.cancelTimer(timer);
    clients.forEach(client -> client.loop().runOnContext(now -> client.response().end()));
  }

  /** How many pages are open. */
  public int clients() {
    return clients.size();
  }

  /** A decision has passed. */
  public void decided(String pipeline, byte[] decision) {
    if (!clients.isEmpty()) {
      List<String> outcomes = outcomesOfPipeline.getOrDefault(pipeline, List.of());
      decisions.offer(decision, outcomes.indexOf(DecisionGlance.outcome(decision)));
    }
  }

  /** An alert has come through its topic, perhaps not for the first time. */
  public void alerted(String id, byte[] alert) {
    if (!clients.isEmpty() && alertsSeen.asMap().putIfAbsent(id, true) == null) {
      alerts.offer(alert, 1);
    }
  }

  /** An alert that is known has grown. */
  public void alertGrown(byte[] alert) {
    if (!clients.isEmpty()) {
      alerts.offer(alert, 0);
    }
  }

  /** The figures of a second. */
  public void counted(List<PipelineStatistics> figures) {
    JsonObject stats = stats(figures);
    for (FeedClient client : clients) {
      client
          .loop()
          .runOnContext(
              now -> {
                JsonObject mine =
                    stats
                        .copy()
                        .put("shown", client.takeShown())
                        .put("skipped", client.takeSkipped());
                client.send(message("stats", mine.toBuffer().getBytes()), 0, 0);
              });
    }
  }

  /** Opens a page's connection. */
  public void open(RoutingContext context, List<PipelineStatistics> figures) {
    if (clients.size() >= CLIENTS_MAX) {
      ProblemAnswer.tooMany("%d pages are open already".formatted(CLIENTS_MAX))
          .send(context.response());
      return;
    }
    Context loop = vertx.getOrCreateContext();
    FeedClient client = new FeedClient(loop, context.response());
    context
        .response()
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .closeHandler(closed -> clients.remove(client))
        .exceptionHandler(failure -> clients.remove(client));
    Buffer first = Buffer.buffer("retry: 2000\n\n");
    JsonObject stats = stats(figures).put("shown", 0).put("skipped", 0);
    first.appendBuffer(message("stats", stats.toBuffer().getBytes()));
    client.send(first, 0, 0);
    clients.add(client);
  }

  private void flush() {
    FeedSample.Chosen chosen = decisions.take(FLUSH_MS);
    FeedSample.Chosen raised = alerts.take(FLUSH_MS);
    if (clients.isEmpty() || (chosen.shown().isEmpty() && raised.shown().isEmpty())) {
      return;
    }
    Buffer messages = Buffer.buffer();
    chosen.shown().forEach(each -> messages.appendBuffer(message("decision", each)));
    raised.shown().forEach(each -> messages.appendBuffer(message("alert", each)));
    for (FeedClient client : clients) {
      client
          .loop()
          .runOnContext(now -> client.send(messages, chosen.shown().size(), chosen.skipped()));
    }
  }

  private JsonObject stats(List<PipelineStatistics> figures) {
    JsonArray pipelines = new JsonArray();
    figures.forEach(each -> pipelines.add(each.json()));
    return new JsonObject().put("time", clock.instant().toString()).put("pipelines", pipelines);
  }

  private static Buffer message(String event, byte[] json) {
    return Buffer.buffer(json.length + 32)
        .appendString("event: ")
        .appendString(event)
        .appendString("\ndata: ")
        .appendBytes(json)
        .appendString("\n\n");
  }
}
