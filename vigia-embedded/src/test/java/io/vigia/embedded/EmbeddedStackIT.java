package io.vigia.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.problem.EnvironmentException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real servers in this process, and in a second one that is killed. */
class EmbeddedStackIT {
  private static final Duration START_MAX = Duration.ofSeconds(40);

  /** Unpacked once for all tests of a build. */
  private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

  private static final List<String> told = new CopyOnWriteArrayList<>();

  @TempDir static Path folder;

  @TempDir Path temp;

  private static DataFolder data;
  private static EmbeddedStack stack;

  @BeforeAll
  static void start() {
    data = DataFolder.open(folder);
    stack =
        EmbeddedStack.start(
            data,
            settings(0),
            new StartListener() {
              @Override
              public void onStarting(String part) {
                told.add("starting " + part);
              }

              @Override
              public void onReady(String part, long millis) {
                told.add("ready " + part + (millis > 0 ? "" : " at once"));
              }
            },
            e -> {});
  }

  @AfterAll
  static void stop() {
    long begin = System.nanoTime();
    stack.close();
    data.close();
    long stopMs = (System.nanoTime() - begin) / 1_000_000;
    assertTrue(stopMs < 5000, "the stop took " + stopMs + " ms");
  }

  @Test
  void start_allParts_areTold() {
    for (String part : List.of("kafka", "flink", "postgres")) {
      int starting = told.indexOf("starting " + part);
      assertTrue(starting >= 0 && starting < told.indexOf("ready " + part), told.toString());
    }
  }

  @Test
  void postgres_settings_areDurableAndOnLoopback() throws SQLException {
    try (Connection connection = EmbeddedProcess.connect(stack.postgres())) {
      assertEquals("on", show(connection, "fsync"));
      assertEquals("on", show(connection, "synchronous_commit"));
      assertEquals("on", show(connection, "full_page_writes"));
      assertEquals("127.0.0.1", show(connection, "listen_addresses"));
      assertEquals("50", show(connection, "max_connections"));
      assertEquals("UTF8", show(connection, "server_encoding"));
      assertTrue(show(connection, "server_version").startsWith("18."));
    }
  }

  @Test
  void postgres_wrongPassword_isRefused() throws Exception {
    String url = stack.postgres().jdbcUrl();
    String user = stack.postgres().user();
    SQLException e =
        assertThrows(SQLException.class, () -> DriverManager.getConnection(url, user, "guess"));
    assertEquals("28P01", e.getSQLState());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(data.postgres().resolve("password"))));
  }

  @Test
  void flink_failingJob_isNotCalledHealthy() throws Exception {
    EmbeddedFlink flink = stack.flink();
    JobID job = flink.submit(CountingJob.failing(flink.checkpoints("failing").directory()));
    while (flink.health(job).lastFailure() == null) {
      Thread.sleep(20);
    }
    EnvironmentException e =
        assertThrows(
            EnvironmentException.class, () -> flink.awaitRunning(job, Duration.ofMillis(200)));
    assertTrue(e.toString().contains("number 0 is refused"), e.toString());
    JobHealth health = flink.health(job);
    assertFalse(health.isRunning());
    assertTrue(health.summary().contains("number 0 is refused"), health.summary());
    flink.stop(job);
    assertEquals(JobStatus.CANCELED, flink.health(job).status());
  }

  @Test
  void flink_jobStopped_restoresFromItsLastCheckpoint() throws Exception {
    EmbeddedFlink flink = stack.flink();
    Checkpoints checkpoints = flink.checkpoints("restored");
    JobID first = flink.submit(CountingJob.counting(checkpoints.directory(), null));
    flink.awaitRunning(first, START_MAX);
    while (flink.health(first).checkpointsCompleted() < 5) {
      Thread.sleep(20);
    }
    flink.stop(first);
    List<Path> kept = checkpoints.newestFirst().toList();
    assertEquals(EmbeddedFlink.CHECKPOINTS_RETAINED, kept.size());
    JobID second = flink.submit(CountingJob.counting(checkpoints.directory(), kept.get(0)));
    flink.awaitRunning(second, START_MAX);
    while (flink.health(second).checkpointsCompleted() < 4) {
      Thread.sleep(20);
    }
    flink.stop(second);
    assertEquals(0, flink.health(second).restarts());
    List<Path> after = checkpoints.newestFirst().toList();
    assertEquals(EmbeddedFlink.CHECKPOINTS_RETAINED, after.size(), after.toString());
    assertTrue(kept.stream().noneMatch(after::contains), "of the first job: " + after);
  }

  @Test
  void start_kafkaPortInUse_stopsWhatHadStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DataFolder other = DataFolder.open(temp)) {
      EnvironmentException e =
          assertThrows(
              EnvironmentException.class,
              () ->
                  EmbeddedStack.start(
                      other,
                      new StackSettings(
                          KafkaSettings.DEFAULT.withPort(taken.getLocalPort()),
                          0,
                          new PostgresSettings(0, BINARIES)),
                      StartListener.NONE,
                      fatal -> {}));
      assertEquals(
          "port %d, which Kafka is to listen on, is in use".formatted(taken.getLocalPort()),
          e.getMessage());
      assertFalse(Files.exists(other.postgres().resolve("data/postmaster.pid")));
    }
  }

  @Test
  void start_uselessPostmasterPid_isRemoved() throws Exception {
    try (DataFolder other = DataFolder.open(temp)) {
      PostgresSettings settings = new PostgresSettings(0, BINARIES);
      EmbeddedPostgres.start(other, settings).close();
      Path pid = other.postgres().resolve("data/postmaster.pid");
      // After a loss of power: an empty file, or an id that another program has got since.
      Files.writeString(pid, "");
      EmbeddedPostgres.start(other, settings).close();
      Files.writeString(pid, ProcessHandle.current().pid() + "\n/somewhere\n0\n5432\n\n\n\n");
      EmbeddedPostgres.start(other, settings).close();
      assertTrue(ProcessHandle.current().isAlive());
    }
  }

  @Test
  void start_afterKill_keepsAllThatWasAcknowledged() throws Exception {
    Path killed = temp.resolve("a folder with spaces");
    Path output = Files.createFile(temp.resolve("output"));
    Process process =
        EmbeddedProcess.start(output, "stack", killed.toString(), BINARIES.toString());
    try {
      EmbeddedProcess.awaitLine(process, output, "ready", START_MAX);
      EnvironmentException e =
          assertThrows(EnvironmentException.class, () -> DataFolder.open(killed));
      assertEquals(
          "data folder %s is in use by process %d".formatted(killed.toRealPath(), process.pid()),
          e.getMessage());
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }
    long orphan =
        Long.parseLong(Files.readAllLines(killed.resolve("postgres/data/postmaster.pid")).get(0));
    assertTrue(isPostgres(orphan), "the killed process leaves its PostgreSQL");

    try (DataFolder again = DataFolder.open(killed);
        EmbeddedStack second =
            EmbeddedStack.start(again, settings(0), StartListener.NONE, fatal -> {})) {
      assertFalse(isPostgres(orphan), "the orphan is still there");
      try (Connection connection = EmbeddedProcess.connect(second.postgres());
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT text FROM kept")) {
        assertTrue(row.next());
        assertEquals("row", row.getString(1));
      }
      assertEquals(EmbeddedProcess.RECORDS, recordsKept(second.kafka()));
      Checkpoints checkpoints = second.flink().checkpoints("count");
      Path newest = checkpoints.newestFirst().findFirst().orElseThrow();
      JobID job = second.flink().submit(CountingJob.counting(checkpoints.directory(), newest));
      second.flink().awaitRunning(job, START_MAX);
    }
  }

  private static StackSettings settings(int kafkaPort) {
    return new StackSettings(
        KafkaSettings.DEFAULT.withPort(kafkaPort), 2, new PostgresSettings(0, BINARIES));
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      assertTrue(row.next());
      return row.getString(1);
    }
  }

  private static boolean isPostgres(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.contains("postgres"))
        .isPresent();
  }

  private static long recordsKept(EmbeddedKafka kafka) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(EmbeddedProcess.TOPIC, 0);
      return Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
    }
  }
}
