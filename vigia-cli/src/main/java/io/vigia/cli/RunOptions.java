package io.vigia.cli;

import io.vigia.cli.run.RunSettings;
import io.vigia.cli.terminal.BytesOption;
import io.vigia.cli.terminal.DurationOption;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code vigia run} that say where and how. */
final class RunOptions {
  private static final int PARTITIONS_MAX = 1024;
  private static final int PARALLELISM_MAX = 1024;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".vigia",
      description = "Where everything is kept; one run at a time. Default: ${DEFAULT-VALUE}.")
  Path data = Path.of(".vigia");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port of page and API; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; 0.0.0.0 for all. There is no authorisation yet: beyond this"
              + " machine, put a proxy in front. Default: ${DEFAULT-VALUE}.")
  String host = "127.0.0.1";

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of each stream's topic, fixed at the first start; a key's events keep their"
              + " order in one of them. Default: as recorded, 4 at first.")
  @Nullable Integer partitions;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many threads each pipeline's stages run on. Default: ${DEFAULT-VALUE}.")
  int parallelism;

  @Mixin StateOption state = new StateOption();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Your own Kafka. Default: one inside this process.")
  @Nullable String kafka;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "The port of the Kafka inside this process, on loopback. Default: any that is free.")
  int kafkaPort;

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description =
          "Your own PostgreSQL, jdbc:postgresql://host/database?user=…&password=…."
              + " Default: one inside this process.")
  @Nullable String postgres;

  @Option(
      names = "--retention",
      paramLabel = "DURATION",
      defaultValue = "7d",
      converter = DurationOption.class,
      description =
          "How long events and decisions are kept in Kafka, for replays. Default:"
              + " ${DEFAULT-VALUE}.")
  Duration retention = Duration.ofDays(7);

  @Option(
      names = "--retention-bytes",
      paramLabel = "SIZE",
      converter = BytesOption.class,
      description =
          "How many bytes of each partition are kept at most, such as 20g. Default: no limit.")
  @Nullable Long retentionBytes;

  /** The settings, checked. */
  RunSettings settings() {
    checkPort("--port", port);
    checkPort("--kafka-port", kafkaPort);
    check("--parallelism", parallelism, 1, PARALLELISM_MAX);
    if (partitions != null) {
      check("--partitions", partitions, 1, PARTITIONS_MAX);
    }
    if (kafka != null && !kafka.matches("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*")) {
      throw new WrongInputException(
          "--kafka: expected HOST:PORT, or several with commas between them, found '" + kafka + "'",
          "");
    }
    if (kafka != null && kafkaPort != 0) {
      throw new WrongInputException(
          "--kafka and --kafka-port exclude each other",
          "leave --kafka-port out: it is about the Kafka inside this process");
    }
    if (postgres != null && !postgres.startsWith("jdbc:postgresql:")) {
      throw new WrongInputException(
          "--postgres: expected jdbc:postgresql://host/database, found '" + postgres + "'", "");
    }
    return new RunSettings(
        data,
        host,
        port,
        kafka,
        kafkaPort,
        postgres,
        partitions,
        parallelism,
        state.storage(),
        retention,
        retentionBytes == null ? -1 : retentionBytes);
  }

  static void checkPort(String option, int port) {
    check(option, port, 0, 65_535);
  }

  private static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new WrongInputException(
          option + ": expected " + least + " to " + most + ", found " + value, "");
    }
  }
}
