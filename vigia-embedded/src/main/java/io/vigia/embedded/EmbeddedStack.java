package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The embedded servers of one run, started side by side and stopped in order.
 *
 * <p><b>Bounds.</b> A stop takes at most five seconds in all; what does not stop by then is left to
 * the end of the process, and the next start puts it right.
 *
 * <p><b>Errors.</b> When one server does not start, those that did are stopped and its {@link
 * EnvironmentException} is thrown. Asking for a server that is not part of the run is an {@link
 * IllegalStateException}.
 */
public final class EmbeddedStack implements AutoCloseable {
  private final Part<EmbeddedKafka> kafka;
  private final Part<EmbeddedFlink> flink;
  private final Part<EmbeddedPostgres> postgres;

  private EmbeddedStack(
      DataFolder data,
      StackSettings settings,
      StartListener listener,
      Consumer<EnvironmentException> onFatal) {
    KafkaSettings kafkaSettings = settings.kafka();
    kafka =
        kafkaSettings == null
            ? Part.absent("kafka")
            : Part.start(
                "kafka", listener, () -> EmbeddedKafka.start(data, kafkaSettings, onFatal));
    int slots = settings.flinkSlots();
    flink =
        slots == 0
            ? Part.absent("flink")
            : Part.start(
                "flink", listener, () -> EmbeddedFlink.start(data, slots, settings.stateOnDisk()));
    PostgresSettings postgresSettings = settings.postgres();
    postgres =
        postgresSettings == null
            ? Part.absent("postgres")
            : Part.start(
                "postgres", listener, () -> EmbeddedPostgres.start(data, postgresSettings));
  }

  /**
   * Starts what the settings name and returns when all of it is ready.
   *
   * @param onFatal told what to say when Kafka fails later, before the process is halted
   */
  public static EmbeddedStack start(
      DataFolder data,
      StackSettings settings,
      StartListener listener,
      Consumer<EnvironmentException> onFatal) {
    EmbeddedStack stack = new EmbeddedStack(data, settings, listener, onFatal);
    try {
      stack.kafka.awaitStarted();
      stack.flink.awaitStarted();
      stack.postgres.awaitStarted();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  public EmbeddedKafka kafka() {
    return kafka.get();
  }

  public EmbeddedFlink flink() {
    return flink.get();
  }

  public EmbeddedPostgres postgres() {
    return postgres.get();
  }

  /** Stops the jobs and Flink, then Kafka, and PostgreSQL beside them. */
  @Override
  public void close() {
    CompletableFuture<Void> beside = CompletableFuture.runAsync(postgres::close);
    flink.close();
    kafka.close();
    beside.join();
  }
}
