package io.vigia.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A checksum of each file of a complete checkpoint, since Flink keeps none and would restore a
 * flipped bit without a word.
 *
 * <p>A seal is a text file {@code <folder>/seals/<job id>.chk-<n>}, one line a file: checksum,
 * size, name as seen from the checkpoint ({@code ../shared/…} for what it has in common with
 * others). It lies outside the checkpoint, which Flink removes only when nothing else is in it.
 */
final class CheckpointSeal {
  private static final String SEALS = "seals";
  private static final int BUFFER_BYTES = 64 << 10;

  private CheckpointSeal() {}

  static boolean exists(Path folder, Path checkpoint) {
    return Files.exists(seal(folder, checkpoint));
  }

  /**
   * Seals the checkpoint; either a whole seal is left or none.
   *
   * @param known the lines of shared files, which never change, by file; gets those of this
   *     checkpoint, so that the next one reads only what is new
   */
  static void write(Path folder, Path checkpoint, Map<Path, String> known) throws IOException {
    Path seal = seal(folder, checkpoint);
    Path next = Files.createDirectories(folder.resolve(SEALS)).resolve("next");
    List<String> lines = new ArrayList<>();
    Map<Path, String> shared = new HashMap<>();
    for (Path file : CheckpointFiles.of(checkpoint)) {
      String line = known.get(file);
      if (line == null) {
        line = line(checkpoint, checkpoint.relativize(file).toString());
      }
      lines.add(line);
      if (!file.startsWith(checkpoint)) {
        // From one checkpoint to the next their place relative to it is the same.
        shared.put(file, line);
      }
    }
    Files.write(next, lines);
    Files.move(next, seal, StandardCopyOption.ATOMIC_MOVE);
    known.keySet().retainAll(shared.keySet());
    known.putAll(shared);
  }

  /** Throws when the checkpoint's files are not those that were sealed. */
  static void verify(Path folder, Path checkpoint) throws IOException {
    for (String sealed : Files.readAllLines(seal(folder, checkpoint))) {
      String file = sealed.substring(sealed.indexOf(' ', sealed.indexOf(' ') + 1) + 1);
      if (!Files.exists(checkpoint.resolve(file)) || !line(checkpoint, file).equals(sealed)) {
        throw new IOException(file + " is damaged or missing");
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

  private static String line(Path checkpoint, String file) throws IOException {
    CRC32C checksum = new CRC32C();
    long size = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(checkpoint.resolve(file))) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.update(buffer, 0, read);
        size += read;
      }
    }
    return "%08x %d %s".formatted(checksum.getValue(), size, file);
  }

  private static Path seal(Path folder, Path checkpoint) {
    String name = Checkpoints.jobOf(checkpoint) + "." + checkpoint.getFileName();
    return folder.resolve(SEALS).resolve(name);
  }
}
