package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka, broker and controller in one, inside this process and on the loopback interface
 * only.
 *
 * <p><b>Bounds.</b> One to a process: Kafka's way to end a process is global to it. What a producer
 * was acknowledged survives the death of the process, not the loss of power.
 *
 * <p><b>Errors.</b> A fixed port in use or a log that cannot be opened is an {@link
 * EnvironmentException}. When Kafka fails later, such as on a full disk, {@code onFatal} is told
 * and the process halts with exit code 2, see {@link KafkaExit}.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Duration STOP_MAX = Duration.ofSeconds(2);
  private static final int START_ATTEMPTS = 3;
  private static final long SEGMENT_BYTES_MIN = 4 << 20;
  private static final long SEGMENT_BYTES_MAX = 128 << 20;

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts Kafka in {@code data} and returns when it takes records.
   *
   * @param onFatal told what to say before the process is halted, on any thread
   */
  public static EmbeddedKafka start(
      DataFolder data, KafkaSettings settings, Consumer<EnvironmentException> onFatal) {
    Path folder = data.kafka();
    NativeLibraries.unpackIn(data.tmp());
    format(folder);
    KafkaExit exit = KafkaExit.install(data, onFatal);
    for (int attempt = 1; ; attempt++) {
      List<Integer> ports = LoopbackPorts.choose("Kafka", settings.port(), 0);
      try {
        Properties properties = properties(folder, settings, ports.get(0), ports.get(1));
        KafkaRaftServer server = startServer(new KafkaConfig(properties, false));
        exit.started();
        return new EmbeddedKafka(server, LoopbackPorts.HOST + ":" + ports.get(0));
      } catch (AssertionError e) {
        // How Kafka's Scala side goes on when its way to end the process returns.
        throw exit.whatHappened();
      } catch (Exception e) {
        // Any kind: what Kafka's Scala side throws is not declared.
        if (attempt == START_ATTEMPTS || !isPortTaken(e)) {
          throw failed(folder, e);
        }
        // Another program took one of the ports between our look and Kafka's.
      }
    }
  }

  private static KafkaRaftServer startServer(KafkaConfig config) {
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (Exception | AssertionError e) {
      Bounded.run("stop-kafka", STOP_MAX, server::shutdown);
      throw e;
    }
  }

  /** Where clients connect, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops Kafka; what it holds is flushed, so that the next start needs no recovery. */
  @Override
  public void close() {
    Bounded.run(
        "stop-kafka",
        STOP_MAX,
        () -> {
          server.shutdown();
          server.awaitShutdown();
        });
  }

  private static void format(Path folder) {
    // Kafka writes meta.properties last, so a format that was cut short is done again.
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(folder.toString())
          .addDirectory(folder.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw failed(folder, e);
    }
  }

  private static Properties properties(
      Path folder, KafkaSettings settings, int port, int controllerPort) {
    String listener = "PLAINTEXT://" + LoopbackPorts.HOST + ":" + port;
    String controller = LoopbackPorts.HOST + ":" + controllerPort;
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@" + controller);
    p.put("listeners", listener + ",CONTROLLER://" + controller);
    p.put("advertised.listeners", listener);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controller.listener.names", "CONTROLLER");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("log.dirs", folder.toString());
    p.put("auto.create.topics.enable", "false");

    // One broker holds the only replica of everything.
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      p.put(topic + ".replication.factor", "1");
      p.put(topic + ".num.partitions", "4");
    }
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "4");

    p.put("log.retention.ms", Long.toString(settings.retention().toMillis()));
    p.put("log.retention.bytes", Long.toString(settings.retentionBytes()));
    p.put("log.segment.bytes", Long.toString(segmentBytes(settings.retentionBytes())));
    p.put("message.max.bytes", Integer.toString(settings.messageBytesMax()));
    p.put("replica.fetch.max.bytes", Integer.toString(settings.messageBytesMax()));

    // After kill -9 the controller holds on to the dead broker until its session ends, and the new
    // one asks again after 100, 200, 400, ... ms: a shorter session is a faster restart.
    p.put("broker.session.timeout.ms", "2000");
    p.put("broker.heartbeat.interval.ms", "300");
    p.put("group.initial.rebalance.delay.ms", "0");

    // Small: one process, one user.
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");
    p.put("num.recovery.threads.per.data.dir", "2");
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    return p;
  }

  /**
   * Small files: only whole ones are removed when a partition grows too large, and after kill -9
   * the one that was being written is read through.
   */
  private static long segmentBytes(long retentionBytes) {
    return retentionBytes < 0
        ? SEGMENT_BYTES_MAX
        : Math.max(SEGMENT_BYTES_MIN, Math.min(SEGMENT_BYTES_MAX, retentionBytes / 4));
  }

  private static boolean isPortTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static EnvironmentException failed(Path folder, Exception e) {
    return new EnvironmentException(
        "Kafka could not start in %s: %s".formatted(folder, Reasons.of(e)),
        "look into log/vigia.log in the data folder, or move that folder away to begin with an empty log",
        e);
  }
}
