package io.vigia.server.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.server.store.Totals;
import io.vigia.server.topic.PipelineTopics;
import io.vigia.server.topic.TopicLayout;
import io.vigia.wire.decision.RecordKind;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts the figures together, once a second: what the log holds, what the store has counted, how
 * long answers took.
 *
 * <p><b>Errors.</b> While the log or the store is away its figures stand still.
 */
public final class Statistics {
  /*
   * Events are counted by where their topics end, so that those count too that come in by other
   * ways or through other gateways. Among them lie the probes and ticks of all gateways. The store
   * counts those that have come back; our own that are still on their way, or came back a moment
   * ago, we know ourselves.
   */
  private static final long PERIOD_MS = 1_000;
  private static final int HISTORY_MAX = 300;

  private final Vertx vertx;
  private final InstantSource clock;
  private final ToIntFunction<String> versions;
  private final Deque<JsonObject> history = new ArrayDeque<>();
  private final Map<String, Figures> pipelines = new LinkedHashMap<>();
  private final LogCounts log;
  private final Supplier<Future<Totals>> store;
  private final ToLongFunction<String> controlsSent;
  private final ControlRecords controls;
  private final List<Consumer<List<PipelineStatistics>>> listeners = new ArrayList<>();
  private Map<TopicPartition, Long> ends = Map.of();
  private Totals totals = Totals.NONE;
  private boolean totalsKnown;
  private long timer = -1;
  private volatile List<PipelineStatistics> newest;

  /**
   * Figures of some pipelines.
   *
   * @param versions the version of each pipeline
   * @param store reads what the store has counted
   * @param controlsSent how many probes and ticks this gateway has sent through a pipeline
   * @param controls where they lie
   */
  public Statistics(
      Vertx vertx,
      InstantSource clock,
      Collection<PipelineTopics> topics,
      ToIntFunction<String> versions,
      TopicLayout layout,
      Admin admin,
      Supplier<Future<Totals>> store,
      ToLongFunction<String> controlsSent,
      ControlRecords controls) {
    this.vertx = vertx;
    this.clock = clock;
    this.versions = versions;
    this.log = new LogCounts(admin, layout, topics);
    this.store = store;
    this.controlsSent = controlsSent;
    this.controls = controls;
    topics.forEach(each -> pipelines.put(each.pipeline(), new Figures(each)));
    this.newest =
        topics.stream()
            .map(each -> each.pipeline())
            .map(each -> PipelineStatistics.none(each, versions.applyAsInt(each)))
            .toList();
  }

  /** Counts an answer to {@code decide}. */
  public void answered(String pipeline, long nanos) {
    Figures figures = pipelines.get(pipeline);
    if (figures != null) {
      figures.latencies.record(nanos);
    }
  }

  /** Who is told the figures of each second; to be named before the start. */
  public void listen(Consumer<List<PipelineStatistics>> listener) {
    listeners.add(listener);
  }

  public void start() {
    refresh();
    timer = vertx.setPeriodic(PERIOD_MS, fired -> tick());
  }

  public void close() {
    vertx.cancelTimer(timer);
  }

  /** The figures of the last second. */
  public List<PipelineStatistics> newest() {
    return newest;
  }

  /** Asks log and store anew, for who cannot wait for the next second. */
  public Future<List<PipelineStatistics>> refresh() {
    return refresh(false);
  }

  private Future<List<PipelineStatistics>> refresh(boolean aSecondHasEnded) {
    Future<Map<TopicPartition, Long>> counted = log.ends();
    Future<Totals> stored = store.get();
    return Future.join(counted, stored)
        .transform(
            done -> {
              newest = update(counted, stored, aSecondHasEnded);
              return Future.succeededFuture(newest);
            });
  }

  private void tick() {
    pipelines.values().forEach(figures -> figures.latencies.tick());
    refresh(true)
        .onSuccess(
            figures -> {
              remember(figures);
              listeners.forEach(listener -> listener.accept(figures));
            });
  }

  /** The last five minutes, the oldest second first, as a chart needs them. */
  public synchronized JsonArray history() {
    JsonArray all = new JsonArray();
    history.forEach(all::add);
    return all;
  }

  private synchronized void remember(List<PipelineStatistics> figures) {
    JsonArray samples = new JsonArray();
    figures.forEach(each -> samples.add(each.sample()));
    history.addLast(
        new JsonObject().put("time", clock.instant().toString()).put("pipelines", samples));
    if (history.size() > HISTORY_MAX) {
      history.removeFirst();
    }
  }

  private synchronized List<PipelineStatistics> update(
      Future<Map<TopicPartition, Long>> counted, Future<Totals> stored, boolean aSecondHasEnded) {
    if (counted.succeeded()) {
      ends = counted.result();
    }
    if (stored.succeeded()) {
      totals = stored.result();
      totalsKnown = true;
    }
    List<PipelineStatistics> all = new ArrayList<>();
    pipelines.forEach((pipeline, figures) -> all.add(of(pipeline, figures, aSecondHasEnded)));
    return all;
  }

  private PipelineStatistics of(String pipeline, Figures figures, boolean aSecondHasEnded) {
    long events =
        Math.max(0, log.of(ends, figures.topics.eventTopics()) - figures.controls(pipeline));
    if (aSecondHasEnded) {
      figures.eventsPerSecond = figures.rate.perSecond(System.nanoTime(), events);
    }
    return new PipelineStatistics(
        pipeline,
        versions.applyAsInt(pipeline),
        figures.eventsPerSecond,
        events,
        totals.of(pipeline, Totals.DECISION),
        new HashMap<>(totals.byName(pipeline, Totals.DECISION)),
        totals.of(pipeline, RecordKind.ANSWER.word()),
        totals.of(pipeline, RecordKind.REPEAT.word()),
        totals.of(pipeline, RecordKind.CONFLICT.word()),
        totals.of(pipeline, Totals.AGAIN),
        totals.of(pipeline, Totals.GIVEN_UP),
        log.of(ends, List.of(figures.topics.deadLetters())),
        totals.of(pipeline, Totals.UNSTORED),
        totals.of(pipeline, Totals.ALERT),
        figures.latencies.recent(),
        figures.latencies.total());
  }

  /** What is kept of one pipeline. */
  private final class Figures {
    final PipelineTopics topics;
    final LatencyHistory latencies = new LatencyHistory();
    final EventRate rate = new EventRate();
    double eventsPerSecond;
    private long controlsBefore = -1;
    private long counted;

    Figures(PipelineTopics topics) {
      this.topics = topics;
    }

    /** How many records of the event topics are no events; never shrinks. */
    long controls(String pipeline) {
      long returned = totals.of(pipeline, RecordKind.PROBE.word());
      if (controlsBefore < 0 && totalsKnown) {
        controlsBefore = Math.max(0, returned - controlsSent.applyAsLong(pipeline));
      }
      long ours = controls.before(ends, log.partitions(topics.eventTopics()));
      counted = Math.max(counted, Math.max(returned, Math.max(0, controlsBefore) + ours));
      return counted;
    }
  }
}
