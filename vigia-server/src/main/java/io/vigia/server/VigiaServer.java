package io.vigia.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.server.alert.AlertBook;
import io.vigia.server.alert.AlertHandlers;
import io.vigia.server.alert.AlertPublisher;
import io.vigia.server.answer.DecisionListener;
import io.vigia.server.answer.RecentDecisions;
import io.vigia.server.answer.RepeatAnswers;
import io.vigia.server.answer.WaitingRequests;
import io.vigia.server.health.HealthSource.PartHealth;
import io.vigia.server.health.Readiness;
import io.vigia.server.http.HttpEndpoint;
import io.vigia.server.http.RequestGuard;
import io.vigia.server.http.Route;
import io.vigia.server.http.RouterBuilder;
import io.vigia.server.http.StaticFiles;
import io.vigia.server.ingest.DecideHandler;
import io.vigia.server.ingest.EventPublisher;
import io.vigia.server.ingest.EventsHandler;
import io.vigia.server.ingest.FreeSpace;
import io.vigia.server.ingest.StreamDirectory;
import io.vigia.server.list.ListChangeHandlers;
import io.vigia.server.list.ListDirectory;
import io.vigia.server.list.ListFollower;
import io.vigia.server.list.ListHandlers;
import io.vigia.server.live.ControlRecords;
import io.vigia.server.live.LiveFeed;
import io.vigia.server.live.PipelineStatistics;
import io.vigia.server.live.Statistics;
import io.vigia.server.store.Database;
import io.vigia.server.store.DatabaseWork;
import io.vigia.server.store.DecisionHandlers;
import io.vigia.server.store.DecisionIds;
import io.vigia.server.store.DecisionQueries;
import io.vigia.server.store.KnownTopics;
import io.vigia.server.store.StoreConsumer;
import io.vigia.server.store.StoreConsumer.StoreStatus;
import io.vigia.server.store.StoredBody;
import io.vigia.server.store.Totals;
import io.vigia.server.tick.LogClock;
import io.vigia.server.tick.Ticker;
import io.vigia.server.topic.HeaderText;
import io.vigia.server.topic.KafkaClients;
import io.vigia.server.topic.PipelineTopics;
import io.vigia.server.topic.ServedTopics;
import io.vigia.server.topic.TopicLayout;
import io.vigia.server.topic.TopicSetup;
import io.vigia.server.topic.TopicTail;
import io.vigia.wire.decision.RecordHeaders;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A gateway with its console, decision store and alerts, in this process.
 *
 * <p>Any number of them may serve the same pipelines on one log and one store.
 *
 * <p><b>Errors.</b> {@link EnvironmentException} from {@link #start} when the port, Kafka or
 * PostgreSQL is not to be had, or the topics are not as they were. Afterwards all of these may go
 * and come back.
 */
public final class VigiaServer implements AutoCloseable {
  private static final Duration DRAIN_MAX = Duration.ofMillis(300);
  private static final Duration CLUSTER_MAX = Duration.ofSeconds(10);
  private static final int GATEWAY_ID_BYTES = 6;

  private final ServerConfig config;
  private final ClosingParts parts = new ClosingParts();
  private final WaitingRequests waiting;
  private final RecentDecisions recent;
  private final Readiness readiness;
  private final Ticker ticker;
  private final Database database;
  private final StoreConsumer store;
  private final Statistics statistics;
  private final LiveFeed live;
  private final ListDirectory lists;
  private final List<Route> routes;
  private final HttpEndpoint http;

  /**
   * Starts; returns once requests are taken, which is before they can be decided: see {@link
   * #isReady}.
   */
  public static VigiaServer start(ServerConfig config) {
    return new VigiaServer(config);
  }

  private VigiaServer(ServerConfig config) {
    this.config = config;
    boolean started = false;
    try {
      StreamDirectory streams =
          new StreamDirectory(config.pipelines().stream().map(ServedPipeline::pipeline).toList());
      ServedTopics topics =
          new ServedTopics(config.pipelines().stream().map(ServedPipeline::topics).toList());
      KafkaClients clients = new KafkaClients(config.bootstrapServers(), config.kafka());
      lists =
          new ListDirectory(
              config.pipelines().stream().map(ServedPipeline::pipeline).toList(),
              pipeline -> new PipelineTopics(pipeline, Map.of()).lists());
      database = parts.add(Database.open(config.database()));
      TopicLayout layout =
          new TopicSetup(clients, config.topics(), new KnownTopics(database))
              .run(topics.pipelines());

      Vertx vertx = Vertx.vertx(vertxOptions());
      parts.add(
          () -> vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS));
      DatabaseWork work = parts.add(new DatabaseWork(vertx, database));
      EventPublisher prompt = parts.add(EventPublisher.prompt(clients, topics.prompt()));
      EventPublisher gathering = parts.add(EventPublisher.gathering(clients));
      Admin admin = clients.admin();
      parts.add(() -> admin.close(Duration.ofMillis(200)));

      waiting = new WaitingRequests(gatewayId(), config.limits().waitingMax());
      recent = new RecentDecisions(config.limits().recentBytes());
      LogClock logClock = new LogClock(config.clock());
      ControlRecords controls = new ControlRecords();
      ControlWriter writer = new ControlWriter(prompt, logClock, controls);
      Probers probers =
          new Probers(topics.pipelines(), layout, waiting::nextAddress, writer::probe);
      ticker =
          parts.add(Ticker.of(clients, layout, config.compiled().values(), writer::tick, logClock));
      live = new LiveFeed(vertx, config.clock(), config.outcomes());
      statistics =
          new Statistics(
              vertx,
              config.clock(),
              topics.pipelines(),
              config::versionOf,
              layout,
              admin,
              () -> work.run(Totals::read),
              pipeline -> probers.sent(pipeline) + ticker.sent(pipeline),
              controls);
      statistics.listen(live::counted);

      AlertPublisher alertPublisher =
          parts.add(
              new AlertPublisher(
                  database,
                  gathering.producer(),
                  topics.alertsOfPipeline(),
                  config.compiled(),
                  config.clock()));
      AlertBook alerts =
          new AlertBook(
              config.compiled(),
              config.clock(),
              alertPublisher::wake,
              alert -> live.alertGrown(alert.json()));
      store =
          parts.add(
              new StoreConsumer(
                  clients,
                  database,
                  layout.all(topics.pipelineOfDecisions().keySet()),
                  topics.pipelineOfDecisions(),
                  alerts,
                  id -> recent.forget(DecisionIds.text(id))));
      readiness = new Readiness(probers.all(), this::others, store::status);

      parts.add(tail(clients, topics, layout, listener(vertx, topics, work, probers))).start();
      store.start();
      alertPublisher.start();
      parts.add(new ListFollower(clients, lists)).start();
      routes = routes(instanceOf(admin), vertx, streams, prompt, gathering, work).table();
      http =
          HttpEndpoint.listen(
              vertx,
              config.host(),
              config.port(),
              config.limits().connectionsMax(),
              RouterBuilder.build(
                  vertx, List.of(new RequestGuard(config.allHosts())), routes, StaticFiles.load()));
      parts.add(http::close);
      live.start();
      parts.add(live::close);
      statistics.start();
      parts.add(statistics::close);
      parts.add(probers.start(vertx));
      ticker.start();
      started = true;
    } finally {
      if (!started) {
        parts.close();
      }
    }
  }

  /** The port that is listened to. */
  public int port() {
    return http.port();
  }

  /** Where the page is. */
  public String url() {
    String host = config.host().equals("0.0.0.0") ? "localhost" : config.host();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
  }

  /** Whether the way through the log and the processors is open, as {@code /readyz} says. */
  public boolean isReady() {
    return readiness.isReady();
  }

  /** Why it is not ready, and how the parts stand, as {@code /readyz} shows it. */
  public JsonObject health() {
    return readiness.json();
  }

  /** The figures of this moment; those that are not to be had stand still. */
  public List<PipelineStatistics> statistics() {
    try {
      return statistics
          .refresh()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(5, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      return statistics.newest();
    }
  }

  /** How the store stands: whether PostgreSQL takes what there is, and how much waits. */
  public StoreStatus storeStatus() {
    return store.status();
  }

  /** How many effective decisions of a pipeline are stored twice: none. Reads the whole table. */
  public long duplicates(String pipeline) {
    try (Connection connection = database.connection()) {
      return DecisionQueries.duplicates(connection, pipeline);
    } catch (SQLException e) {
      throw new EnvironmentException(
          "PostgreSQL does not answer: " + e.getMessage(), "look at its log and ask again", e);
    }
  }

  /** What can be asked over HTTP. */
  List<Route> routes() {
    return routes;
  }

  /** Forgets the decisions that are kept in memory; the store answers for them. */
  void forgetRecent() {
    recent.clear();
  }

  /**
   * Stops within two seconds: takes no more requests, lets those that wait end, and closes
   * everything.
   */
  @Override
  public void close() {
    readiness.close();
    long end = System.nanoTime() + DRAIN_MAX.toNanos();
    while (waiting.size() > 0 && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    parts.close();
  }

  /** The log's own name: what was sent to one log has not been sent to another. */
  private static String instanceOf(Admin admin) {
    try {
      return admin.describeCluster().clusterId().get(CLUSTER_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new EnvironmentException(
          "Kafka does not tell its cluster id", "look whether it is well, then start again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("the start was interrupted", "start again", e);
    }
  }

  private Routes routes(
      String instance,
      Vertx vertx,
      StreamDirectory streams,
      EventPublisher prompt,
      EventPublisher gathering,
      DatabaseWork work) {
    FreeSpace space = new FreeSpace(config.freeBytes(), config.limits().freeBytesLeast());
    return new Routes(
        instance,
        config.pipelines(),
        config.limits(),
        new DecideHandler(
            vertx,
            streams,
            config.clock(),
            waiting,
            prompt,
            space,
            readiness::isOpen,
            statistics::answered),
        new EventsHandler(vertx, streams, config.clock(), gathering, space),
        new DecisionHandlers(vertx, work),
        new AlertHandlers(work),
        new ListHandlers(vertx, lists, config.clock()),
        new ListChangeHandlers(vertx, lists, gathering.producer(), config.clock()),
        statistics,
        live,
        readiness,
        ticker,
        this::gateway);
  }

  private DecisionListener listener(
      Vertx vertx, ServedTopics topics, DatabaseWork work, Probers probers) {
    RepeatAnswers repeats =
        new RepeatAnswers(
            vertx,
            waiting,
            recent,
            id ->
                work.run(
                    connection ->
                        DecisionQueries.find(connection, DecisionIds.of(id))
                            .map(StoredBody::body)));
    return new DecisionListener(
        topics.pipelineOfDecisions(),
        waiting,
        recent,
        repeats,
        new Onlookers(live, probers, recent));
  }

  private TopicTail tail(
      KafkaClients clients, ServedTopics topics, TopicLayout layout, DecisionListener listener) {
    Set<String> alertTopics = Set.copyOf(topics.alertsOfPipeline().values());
    return new TopicTail(
        clients,
        "vigia-listener",
        layout.all(topics.returning()),
        record -> {
          if (alertTopics.contains(record.topic())) {
            alerted(record);
          } else {
            listener.accept(record);
          }
        });
  }

  private void alerted(ConsumerRecord<byte[], byte[]> record) {
    String id = HeaderText.of(record.headers(), RecordHeaders.ID);
    if (id != null && record.value() != null) {
      live.alerted(id, record.value());
    }
  }

  /** What else must be well: what others run, and the telling of time. */
  private List<PartHealth> others() {
    List<PartHealth> all = new ArrayList<>(config.processors().parts());
    all.addAll(ticker.parts());
    return all;
  }

  private JsonObject gateway() {
    StoreStatus status = store.status();
    return new JsonObject()
        .put("time", config.clock().instant().toString())
        .put("gateway", waiting.gateway())
        .put("waiting", waiting.size())
        .put("pages", live.clients())
        .put("connections", http.connections())
        .put("connections_refused", http.refused())
        .put(
            "store",
            new JsonObject().put("connected", status.connected()).put("lag", status.lag()));
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setWorkerPoolSize(8)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  private static String gatewayId() {
    byte[] bytes = new byte[GATEWAY_ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
