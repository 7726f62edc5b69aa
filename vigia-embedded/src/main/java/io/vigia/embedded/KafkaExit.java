package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Turns Kafka's silent end of the process into a message.
 *
 * <p>Kafka halts its process when its log folder or its controller fails. Here the handler is told
 * first what happened, then the process halts with exit code 2. While Kafka starts, a call on the
 * starting thread returns instead, because Kafka then throws the true cause there.
 */
final class KafkaExit {
  static final int EXIT_CODE = 2;

  private static final int PROBE_BYTES = 64 << 10;

  private final DataFolder data;
  private final Consumer<EnvironmentException> onFatal;
  private final Thread starter = Thread.currentThread();
  private volatile boolean started;
  private boolean told;

  private KafkaExit(DataFolder data, Consumer<EnvironmentException> onFatal) {
    this.data = data;
    this.onFatal = onFatal;
  }

  /** Takes over Kafka's ways to end the process, which are global to it. */
  static KafkaExit install(DataFolder data, Consumer<EnvironmentException> onFatal) {
    KafkaExit exit = new KafkaExit(data, onFatal);
    Exit.setExitProcedure((code, message) -> exit.end());
    Exit.setHaltProcedure((code, message) -> exit.end());
    return exit;
  }

  void started() {
    started = true;
  }

  private synchronized void end() {
    if (!started && Thread.currentThread() == starter) {
      return;
    }
    if (!told) {
      told = true;
      try {
        onFatal.accept(whatHappened());
      } finally {
        // Not exit: its hooks would wait for the very thread that stands here.
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
  }

  /** Why Kafka wants the process to end, as far as can be told from its folder. */
  EnvironmentException whatHappened() {
    Path folder = data.kafka();
    try {
      Path probe = Files.createTempFile(folder, "probe", ".tmp");
      try {
        Files.write(probe, new byte[PROBE_BYTES]);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      return new EnvironmentException(
          "Kafka stopped because it cannot write to %s: %s".formatted(folder, Reasons.of(e)),
          "free some space there or repair the disk, then start again; nothing acknowledged is lost",
          e);
    }
    return new EnvironmentException(
        "Kafka stopped after a failure of its own in " + folder,
        "start again; when it happens again, look for its cause in log/vigia.log in the data folder");
  }
}
