package io.vigia.cli.run;

import io.vigia.core.problem.EnvironmentException;
import io.vigia.embedded.DataFolder;
import io.vigia.embedded.EmbeddedStack;
import io.vigia.embedded.KafkaSettings;
import io.vigia.embedded.PostgresSettings;
import io.vigia.embedded.StackSettings;
import io.vigia.embedded.StartListener;
import io.vigia.flink.StateStorage;
import io.vigia.server.ServedPipeline;
import io.vigia.server.ServerConfig;
import io.vigia.server.VigiaServer;
import io.vigia.server.store.DatabaseAddress;
import io.vigia.server.topic.TopicSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A run of pipelines in this process, from the first embedded server to the open gateway.
 *
 * <p><b>Errors.</b> Whatever fails on the way is an {@link EnvironmentException}; what had been
 * started by then is stopped. Closing takes at most five seconds.
 */
public final class Launcher implements AutoCloseable {
  private static final Duration NOTE_EVERY = Duration.ofSeconds(5);
  private static final long READY_POLL_MS = 20;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final RunListener listener;
  private final VigiaServer server;
  private final String bootstrapServers;
  private boolean closed;

  /**
   * Starts the pipelines and returns once they decide.
   *
   * @param onFatal told what to say when a server dies later, before the process is halted
   */
  public static Launcher start(
      List<LoadedPipeline> pipelines,
      RunSettings settings,
      RunListener listener,
      Consumer<EnvironmentException> onFatal) {
    return new Launcher(pipelines, settings, listener, onFatal);
  }

  private Launcher(
      List<LoadedPipeline> pipelines,
      RunSettings settings,
      RunListener listener,
      Consumer<EnvironmentException> onFatal) {
    this.listener = listener;
    boolean started = false;
    try {
      DataFolder data = opened(DataFolder.open(settings.data()));
      EmbeddedStack stack =
          opened(
              EmbeddedStack.start(
                  data, stackOf(settings, pipelines.size()), forStack(listener), onFatal));
      bootstrapServers =
          settings.kafka() == null ? stack.kafka().bootstrapServers() : settings.kafka();
      List<ServedPipeline> served = new ArrayList<>();
      PipelineVersions versions = new PipelineVersions(bootstrapServers);
      for (LoadedPipeline pipeline : pipelines) {
        served.add(new ServedPipeline(pipeline.pipeline(), versions.record(pipeline)));
      }
      PipelineJobs jobs =
          new PipelineJobs(
              stack.flink(), bootstrapServers, settings.parallelism(), settings.state(), listener);
      server =
          timed(
              "gateway",
              () -> opened(VigiaServer.start(config(settings, data, stack, served, jobs))));
      for (ServedPipeline pipeline : served) {
        timed(
            "job " + pipeline.name(),
            () -> {
              jobs.start(pipeline.pipeline(), pipeline.version());
              return pipeline;
            });
      }
      awaitReady();
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private static StackSettings stackOf(RunSettings settings, int pipelines) {
    KafkaSettings kafka =
        new KafkaSettings(
            settings.kafkaPort(),
            settings.retention(),
            settings.retentionBytes(),
            KafkaSettings.DEFAULT.messageBytesMax());
    return new StackSettings(
        settings.kafka() == null ? kafka : null,
        settings.parallelism() * pipelines,
        settings.state() == StateStorage.ROCKSDB,
        settings.postgresUrl() == null ? PostgresSettings.DEFAULT : null);
  }

  private static ServerConfig config(
      RunSettings settings,
      DataFolder data,
      EmbeddedStack stack,
      List<ServedPipeline> served,
      PipelineJobs jobs) {
    String url = settings.postgresUrl();
    DatabaseAddress database =
        url == null
            ? new DatabaseAddress(
                stack.postgres().jdbcUrl(), stack.postgres().user(), stack.postgres().password())
            : new DatabaseAddress(url, "", "");
    TopicSettings topics =
        new TopicSettings(
            settings.partitions(), null, settings.retention(), settings.retentionBytes());
    return ServerConfig.of(
            served,
            settings.kafka() == null
                ? stack.kafka().bootstrapServers()
                : Objects.requireNonNull(settings.kafka()),
            database)
        .withAddress(settings.host(), settings.port())
        .withTopics(topics)
        .withProcessors(jobs)
        .withFreeBytes(data::freeBytes);
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** What gives a part when it has started. */
  private interface Start<T> {
    T run();
  }

  private <T> T timed(String part, Start<T> start) {
    listener.starting(part);
    long from = System.nanoTime();
    T started = start.run();
    listener.ready(part, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
    return started;
  }

  /**
   * Waits until a probe has come back from every partition: everything before it has been decided.
   * That may take long when a changed pipeline replays its log, so it is told what is waited for.
   */
  private void awaitReady() {
    long nextNote = System.nanoTime() + NOTE_EVERY.toNanos();
    while (!server.isReady()) {
      if (System.nanoTime() - nextNote > 0) {
        nextNote += NOTE_EVERY.toNanos();
        listener.note("not level yet: " + server.health().getJsonArray("reasons"));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(READY_POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EnvironmentException("the start was interrupted", "start again", e);
      }
    }
  }

  private static StartListener forStack(RunListener listener) {
    return new StartListener() {
      @Override
      public void onStarting(String part) {
        listener.starting(part);
      }

      @Override
      public void onReady(String part, long millis) {
        listener.ready(part, millis);
      }
    };
  }

  /** Where the page and the API are, without a slash at the end. */
  public String url() {
    String url = server.url();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Where Kafka is, for other programs. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  public VigiaServer server() {
    return server;
  }

  /** Stops everything when the process is told to end; {@code first} is called before that. */
  public void closeAtExit(Runnable first) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  first.run();
                  close();
                },
                "vigia-stop"));
  }

  /** Blocks until the process is told to end. */
  public void awaitEnd() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    closeAtExit(ended::countDown);
    ended.await();
  }

  /** Stops everything, last started first. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        listener.note("could not be stopped cleanly: " + e.getMessage());
      }
    }
  }
}
