package io.vigia.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A second JVM that runs the servers, for tests that end it without mercy. */
final class EmbeddedProcess {
  static final String TOPIC = "kept";
  static final int RECORDS = 100;

  private EmbeddedProcess() {}

  /** Starts this class in a JVM of its own, its output going to a file. */
  static Process start(Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(EmbeddedProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** Waits until the process has printed {@code line}. */
  static void awaitLine(Process process, Path output, String line, Duration max)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + max.toNanos();
    while (!Files.readAllLines(output).contains(line)) {
      if (System.nanoTime() - deadline > 0 || process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("no line " + line + " in:\n" + Files.readString(output));
      }
    }
  }

  public static void main(String[] arguments) {
    try {
      switch (arguments[0]) {
        case "stack" -> runStack(Path.of(arguments[1]), Path.of(arguments[2]));
        case "full-disk" -> fillDisk(Path.of(arguments[1]));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** All three servers, each holding something that has to be there after a kill. */
  private static void runStack(Path folder, Path binaries) throws Exception {
    DataFolder data = DataFolder.open(folder);
    StackSettings settings =
        new StackSettings(KafkaSettings.DEFAULT, 2, new PostgresSettings(0, binaries));
    EmbeddedStack stack = EmbeddedStack.start(data, settings, StartListener.NONE, e -> {});
    createTopic(stack.kafka());
    produce(stack.kafka(), RECORDS, 100);
    insertRow(stack.postgres());
    Checkpoints checkpoints = stack.flink().checkpoints("count");
    JobID job = stack.flink().submit(CountingJob.counting(checkpoints.directory(), null));
    stack.flink().awaitRunning(job, Duration.ofSeconds(30));
    while (stack.flink().health(job).checkpointsCompleted() < 5) {
      Thread.sleep(20);
    }
    System.out.println("ready");
    Thread.sleep(60_000);
  }

  /** Kafka alone, writing until its disk is full. */
  private static void fillDisk(Path folder) throws Exception {
    DataFolder data = DataFolder.open(folder);
    EmbeddedKafka kafka =
        EmbeddedKafka.start(
            data,
            KafkaSettings.DEFAULT,
            e -> System.out.println("FATAL " + e.getMessage() + " | " + e.nextStep()));
    createTopic(kafka);
    System.out.println("ready");
    produce(kafka, 10_000, 500_000);
    System.out.println("the disk was never full");
  }

  static void createTopic(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  static void produce(EmbeddedKafka kafka, int records, int bytes) throws Exception {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "linger.ms", "0");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(TOPIC, new byte[bytes])).get();
      }
    }
  }

  private static void insertRow(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (text varchar)");
      statement.execute("INSERT INTO kept VALUES ('row')");
    }
  }

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
