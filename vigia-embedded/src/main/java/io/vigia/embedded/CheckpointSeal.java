package io.vigia.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A checksum of each file of a complete checkpoint, since Flink keeps none and would restore a
 * flipped bit without a word.
 *
 * <p>A seal is a text file {@code <folder>/seals/<job id>.chk-<n>}, one line a file: checksum,
 * size, name. It lies outside the checkpoint, which Flink removes only when nothing else is in it.
 */
final class CheckpointSeal {
  private static final String SEALS = "seals";
  private static final int BUFFER_BYTES = 64 << 10;

  private CheckpointSeal() {}

  static boolean exists(Path folder, Path checkpoint) {
    return Files.exists(seal(folder, checkpoint));
  }

  /** Seals the checkpoint; either a whole seal is left or none. */
  static void write(Path folder, Path checkpoint) throws IOException {
    Path seal = seal(folder, checkpoint);
    Path next = Files.createDirectories(folder.resolve(SEALS)).resolve("next");
    Files.write(next, lines(checkpoint));
    Files.move(next, seal, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Throws when the checkpoint's files are not those that were sealed. */
  static void verify(Path folder, Path checkpoint) throws IOException {
    List<String> sealed = Files.readAllLines(seal(folder, checkpoint));
    List<String> found = lines(checkpoint);
    for (String line : sealed) {
      if (!found.contains(line)) {
        throw new IOException(line.substring(line.lastIndexOf(' ') + 1) + " is damaged or missing");
      }
    }
  }

  /** Removes the seals of checkpoints that are gone. */
  static int prune(Path folder) {
    int removed = 0;
    for (Path seal : Folders.children(folder.resolve(SEALS))) {
      String name = seal.getFileName().toString();
      if (!Files.exists(folder.resolve(name.replace('.', '/')))) {
        Folders.delete(seal);
        removed++;
      }
    }
    return removed;
  }

  private static List<String> lines(Path checkpoint) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(checkpoint)) {
      files = listed.sorted().toList();
    }
    if (files.isEmpty()) {
      throw new NoSuchFileException(checkpoint.toString());
    }
    String[] lines = new String[files.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line(files.get(i));
    }
    return List.of(lines);
  }

  private static String line(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    long size = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.update(buffer, 0, read);
        size += read;
      }
    }
    return "%08x %d %s".formatted(checksum.getValue(), size, file.getFileName());
  }

  private static Path seal(Path folder, Path checkpoint) {
    String name = Checkpoints.jobOf(checkpoint) + "." + checkpoint.getFileName();
    return folder.resolve(SEALS).resolve(name);
  }
}
