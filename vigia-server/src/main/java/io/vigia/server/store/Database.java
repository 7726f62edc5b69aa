package io.vigia.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vigia.core.problem.EnvironmentException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The connections to PostgreSQL, in a schema of our own that is brought up to date at the start.
 *
 * <p><b>Units and bounds.</b> At most {@value #CONNECTIONS_MAX} connections, and one for the writer
 * of decisions.
 *
 * <p><b>Errors.</b> {@link EnvironmentException} where PostgreSQL does not answer at the start, or
 * holds a schema that this version does not know. Later it may go and come back.
 */
public final class Database implements AutoCloseable {
  /** The schema that holds all tables. */
  static final String SCHEMA = "vigia";

  private static final int CONNECTIONS_MAX = 8;
  private static final String MIGRATIONS = "classpath:io/vigia/server/store/migration";

  private final DatabaseAddress address;
  private final HikariDataSource pool;

  private Database(DatabaseAddress address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
  }

  /** Connects and brings the schema up to date. */
  public static Database open(DatabaseAddress address) {
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config(address));
    } catch (RuntimeException e) {
      throw new EnvironmentException(
          "PostgreSQL at %s does not let us in: %s".formatted(address, Reason.of(e)),
          "check that it runs at that address and that user and password are right",
          e);
    }
    try {
      migrate(pool);
      return new Database(address, pool);
    } catch (FlywayException e) {
      pool.close();
      throw new EnvironmentException(
          "the tables in PostgreSQL at %s cannot be brought up to date: %s"
              .formatted(address, Reason.of(e)),
          "give the user the right to make schema '%s', or use the version of Vigia that made it"
              .formatted(SCHEMA),
          e);
    }
  }

  /** A connection; fails within seconds when there is none to be had. */
  public Connection connection() throws SQLException {
    return pool.getConnection();
  }

  /** A connection outside of the pool, for who keeps it. */
  Connection ownConnection() throws SQLException {
    Properties properties = driverProperties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("currentSchema", SCHEMA);
    return DriverManager.getConnection(address.url(), properties);
  }

  @Override
  public void close() {
    pool.close();
  }

  private static HikariConfig config(DatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("vigia-store");
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setSchema(SCHEMA);
    config.setMaximumPoolSize(CONNECTIONS_MAX);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(3_000);
    config.setDataSourceProperties(driverProperties());
    return config;
  }

  private static Properties driverProperties() {
    Properties driver = new Properties();
    driver.setProperty("ApplicationName", "vigia");
    driver.setProperty("connectTimeout", "3");
    // A PostgreSQL that hangs must not hold our threads for ever.
    driver.setProperty("socketTimeout", "30");
    driver.setProperty("tcpKeepAlive", "true");
    return driver;
  }

  private static void migrate(DataSource pool) {
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(pool)
        .locations(MIGRATIONS)
        .schemas(SCHEMA)
        .createSchemas(true)
        .load()
        .migrate();
  }
}
