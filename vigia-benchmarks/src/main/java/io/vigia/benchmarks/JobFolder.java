package io.vigia.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a job that is measured keeps its things, as long as it is. */
public final class JobFolder implements AutoCloseable {
  private final Path folder;

  private JobFolder(Path folder) {
    this.folder = folder;
  }

  /** A new one. */
  public static JobFolder create() throws IOException {
    return new JobFolder(Files.createTempDirectory("vigia-job"));
  }

  /** For the embedded servers. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Where the job puts its checkpoints. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** The bytes of the newest complete checkpoint, with what it shares with others; 0 for none. */
  public long newestCheckpointBytes() throws IOException {
    Path newest;
    try (Stream<Path> all = Files.walk(checkpoints())) {
      newest =
          all.filter(each -> Files.exists(each.resolve("_metadata")))
              .max(Comparator.comparingLong(JobFolder::number))
              .orElse(null);
    }
    return newest == null ? 0 : bytes(newest) + bytes(newest.resolveSibling("shared"));
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.toString().replaceFirst(".*chk-", ""));
  }

  private static long bytes(Path of) throws IOException {
    if (!Files.isDirectory(of)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(of)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
