package io.vigia.server;

import io.vigia.embedded.DataFolder;
import io.vigia.embedded.EmbeddedKafka;
import io.vigia.embedded.EmbeddedPostgres;
import io.vigia.embedded.KafkaSettings;
import io.vigia.embedded.PostgresSettings;
import io.vigia.server.store.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real Kafka and a real PostgreSQL, started once for all tests of this process. */
final class TestServers {
  private static final TestServers SERVERS = new TestServers();

  private final EmbeddedKafka kafka;
  private final EmbeddedPostgres postgres;
  private final AtomicInteger databases = new AtomicInteger();

  private TestServers() {
    try {
      Path folder = Files.createTempDirectory("vigia-server-test");
      DataFolder data = DataFolder.open(folder);
      postgres = EmbeddedPostgres.start(data, PostgresSettings.DEFAULT);
      kafka = EmbeddedKafka.start(data, KafkaSettings.DEFAULT, fatal -> {});
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    kafka.close();
                    postgres.close();
                    data.close();
                    delete(folder);
                  }));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String bootstrapServers() {
    return SERVERS.kafka.bootstrapServers();
  }

  /** An empty database of its own. */
  static DatabaseAddress newDatabase() {
    String name = "test_" + SERVERS.databases.incrementAndGet();
    execute("create database " + name);
    String url = SERVERS.postgres.jdbcUrl();
    int end = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
    String sameServer = url.substring(0, url.lastIndexOf('/', end) + 1);
    return new DatabaseAddress(
        sameServer + name + url.substring(end),
        SERVERS.postgres.user(),
        SERVERS.postgres.password());
  }

  /** Lets nobody into a database and throws everybody out who is in it. */
  static void shut(DatabaseAddress database) {
    execute("alter database " + name(database) + " with allow_connections false");
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + name(database)
            + "'");
  }

  /** Lets everybody into a database again. */
  static void open(DatabaseAddress database) {
    execute("alter database " + name(database) + " with allow_connections true");
  }

  /** A connection to a database of {@link #newDatabase}, in Vigia's schema. */
  static Connection connect(DatabaseAddress database) throws SQLException {
    Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password());
    connection.setSchema("vigia");
    return connection;
  }

  private static String name(DatabaseAddress database) {
    String url = database.toString();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static void execute(String sql) {
    EmbeddedPostgres postgres = SERVERS.postgres;
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static void delete(Path folder) {
    try (var paths = Files.walk(folder)) {
      paths.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // The system empties its folder for temporary files some time.
    }
  }
}
