package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL beside this process, started from its own binaries, on the loopback interface
 * only, durable: what was committed survives the loss of power.
 *
 * <p><b>Shape.</b> Under {@code postgres/} of the data folder: {@code data} is the database, {@code
 * password} its user's password, {@code server.log} what it says.
 *
 * <p><b>Bounds.</b> {@value #CONNECTIONS_MAX} connections.
 *
 * <p><b>Errors.</b> All that keeps it from starting is an {@link EnvironmentException}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** How many connections it takes. */
  public static final int CONNECTIONS_MAX = 50;

  /*
   * The server is started by pg_ctl, which takes it out of the terminal's process group: Ctrl-C ends
   * this process, which then stops the server after its clients, not before them. When this process
   * is killed the server lives on; the next start finds and stops it, see OrphanedPostgres.
   */
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final String NAME = "vigia";
  private static final String NO_SUCH_DATABASE = "3D000";
  private static final Duration INIT_MAX = Duration.ofSeconds(60);
  private static final int START_SECONDS_MAX = 60;
  private static final int START_ATTEMPTS = 3;
  private static final Duration CALL_MAX = Duration.ofSeconds(START_SECONDS_MAX + 5L);
  private static final Duration STOP_MAX = Duration.ofSeconds(4);
  private static final Pattern SAYS_WHY = Pattern.compile("FATAL|PANIC|ERROR|could not");
  private static final long LOG_BYTES_MAX = 4 << 20;

  private final PostgresPrograms programs;
  private final Path folder;
  private final String password;
  private int port;

  private EmbeddedPostgres(PostgresPrograms programs, Path folder, String password) {
    this.programs = programs;
    this.folder = folder;
    this.password = password;
  }

  /** Starts PostgreSQL in {@code data} and returns when it takes connections. */
  public static EmbeddedPostgres start(DataFolder data, PostgresSettings settings) {
    Path folder = data.postgres();
    Path parent = settings.binaries() == null ? folder.resolve("binaries") : settings.binaries();
    PostgresPrograms programs =
        new PostgresPrograms(PostgresBinaries.in(parent.toAbsolutePath()), data);
    try {
      boolean isNew = !Files.isDirectory(folder.resolve("data"));
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(programs, folder, PostgresPassword.in(folder, isNew));
      if (isNew) {
        postgres.create();
      } else {
        OrphanedPostgres.stop(programs, postgres.database());
      }
      postgres.start(settings.port());
      return postgres;
    } catch (IOException e) {
      throw new EnvironmentException(
          "PostgreSQL could not start in %s: %s".formatted(folder, Reasons.of(e)),
          "make that folder readable and writable, then start again",
          e);
    }
  }

  /** Where the database is; user and password are apart. */
  public String jdbcUrl() {
    return jdbcUrl(NAME);
  }

  public String user() {
    return NAME;
  }

  public String password() {
    return password;
  }

  /** Ends its connections, writes what is in memory, and stops it. */
  @Override
  public void close() {
    Bounded.run(
        "stop-postgres",
        STOP_MAX,
        () -> {
          if (!stop("fast", 3).ok()) {
            stop("immediate", 1);
          }
        });
  }

  private Path database() {
    return folder.resolve("data");
  }

  private Path serverLog() {
    return folder.resolve("server.log");
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(LoopbackPorts.HOST, port, database);
  }

  /** Creates the database in a folder beside, renamed when it is whole. */
  private void create() throws IOException {
    Path next = folder.resolve("data.new");
    Folders.delete(next);
    PostgresPrograms.Outcome outcome =
        programs.run(
            INIT_MAX,
            "initdb",
            "--pgdata=" + next,
            "--username=" + NAME,
            "--pwfile=" + PostgresPassword.file(folder),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    if (!outcome.ok()) {
      throw new EnvironmentException(
          "PostgreSQL could not create its database in %s: %s"
              .formatted(next, Reasons.line(outcome.output())),
          "see that the folder belongs to the user who starts Vigia and its disk is not full");
    }
    Files.move(next, database(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void start(int wantedPort) throws IOException {
    if (Files.exists(serverLog()) && Files.size(serverLog()) > LOG_BYTES_MAX) {
      Files.move(serverLog(), folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    for (int attempt = 1; ; attempt++) {
      port = LoopbackPorts.choose("PostgreSQL", wantedPort).get(0);
      Files.write(database().resolve("postgresql.conf"), PostgresConfiguration.lines(port));
      long logged = Files.exists(serverLog()) ? Files.size(serverLog()) : 0;
      PostgresPrograms.Outcome outcome =
          programs.run(
              CALL_MAX,
              "pg_ctl",
              "start",
              "-s",
              "-w",
              "-t",
              Integer.toString(START_SECONDS_MAX),
              "-D",
              database().toString(),
              "-l",
              serverLog().toString());
      if (outcome.ok()) {
        break;
      }
      String said = saidSince(logged);
      if (attempt == START_ATTEMPTS || !said.contains("Address already in use")) {
        stop("immediate", 1);
        throw new EnvironmentException(
            "PostgreSQL could not start in %s: %s"
                .formatted(folder, Reasons.line(said.isEmpty() ? outcome.output() : said)),
            "look at %s, or move %s away to begin with an empty store"
                .formatted(serverLog(), folder));
      }
      // Another program took the port between our look and PostgreSQL's.
    }
    try {
      connectFirst();
    } catch (EnvironmentException e) {
      close();
      throw e;
    }
  }

  /** Creates our database where it is missing and checks that what was promised is in effect. */
  private void connectFirst() {
    try {
      try {
        checkDurable();
      } catch (SQLException e) {
        if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
          throw e;
        }
        try (Connection connection = connect("postgres");
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE " + NAME);
        }
        checkDurable();
      }
    } catch (SQLException e) {
      throw new EnvironmentException(
          "PostgreSQL in %s started but refuses us: %s".formatted(folder, Reasons.of(e)),
          "look at %s, or move %s away to begin with an empty store".formatted(serverLog(), folder),
          e);
    }
  }

  private void checkDurable() throws SQLException {
    try (Connection connection = connect(NAME);
        Statement statement = connection.createStatement()) {
      for (String setting : PostgresConfiguration.ALWAYS_ON) {
        try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
          if (!row.next() || !"on".equals(row.getString(1))) {
            throw new EnvironmentException(
                "PostgreSQL in %s runs with %s off".formatted(folder, setting),
                "remove that setting from %s, from its database and its role"
                    .formatted(database().resolve("postgresql.auto.conf")));
          }
        }
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), NAME, password);
  }

  private PostgresPrograms.Outcome stop(String mode, int seconds) {
    PostgresPrograms.Outcome outcome =
        programs.run(
            Duration.ofSeconds(seconds + 1L),
            "pg_ctl",
            "stop",
            "-s",
            "-w",
            "-D",
            database().toString(),
            "-m",
            mode,
            "-t",
            Integer.toString(seconds));
    if (!outcome.ok()) {
      log.debug("pg_ctl stop -m {}: {}", mode, Reasons.line(outcome.output()));
    }
    return outcome;
  }

  private String saidSince(long offset) throws IOException {
    if (!Files.exists(serverLog())) {
      return "";
    }
    byte[] all = Files.readAllBytes(serverLog());
    int from = (int) Math.min(offset, all.length);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> SAYS_WHY.matcher(line).find())
        .collect(Collectors.joining("; "));
  }
}
