package io.vigia.server.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does what needs the database away from the event loops.
 *
 * <p><b>Units and bounds.</b> {@value #THREADS} at a time and {@value #QUEUE_MAX} in line; what
 * comes on top fails at once with {@link RejectedExecutionException}.
 */
public final class DatabaseWork implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int QUEUE_MAX = 256;

  private final Database database;
  private final Vertx vertx;
  private final ThreadPoolExecutor threads;

  public DatabaseWork(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_MAX),
            task -> {
              Thread thread = new Thread(task, "vigia-database-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs a task with a connection; the future ends on the caller's event loop. */
  public <T> Future<T> run(Task<T> task) {
    Promise<T> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
    try {
      threads.execute(
          () -> {
            try (Connection connection = database.connection()) {
              promise.tryComplete(task.run(connection));
            } catch (SQLException | RuntimeException e) {
              promise.tryFail(e);
            }
          });
    } catch (RejectedExecutionException e) {
      promise.tryFail(e);
    }
    return promise.future();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Something to be done with a connection. */
  @FunctionalInterface
  public interface Task<T> {
    T run(Connection connection) throws SQLException;
  }
}
