package io.vigia.cli;

import io.vigia.flink.StateStorage;
import picocli.CommandLine.Option;

/** {@code --state}, of the commands that run pipelines. */
final class StateOption {
  @Option(
      names = "--state",
      paramLabel = "heap|rocksdb",
      defaultValue = "heap",
      description =
          "Where the history of each key is kept between two events: heap, the fastest, as long as"
              + " all of it fits into memory; rocksdb, on disk beneath a cache."
              + " Default: ${DEFAULT-VALUE}.")
  String state = "heap";

  /** What it names, checked. */
  StateStorage storage() {
    return StateStorage.of(state)
        .orElseThrow(
            () ->
                new WrongInputException(
                    "--state: expected heap or rocksdb, found '" + state + "'", ""));
  }
}
