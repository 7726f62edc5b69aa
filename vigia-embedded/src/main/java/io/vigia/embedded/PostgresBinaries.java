package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own programs, packed by zonky into one archive for each kind of machine. */
final class PostgresBinaries {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final String UNFINISHED = "unpacking-";
  private static final long UNFINISHED_MS_MAX = 600_000;
  private static final int EXECUTABLE_BITS = 0111;

  private PostgresBinaries() {}

  /** Unpacks the programs for this machine in {@code parent}, once; gives their folder. */
  static Path in(Path parent) {
    String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL archive =
        Optional.ofNullable(PostgresBinaries.class.getClassLoader().getResource(name))
            .orElseThrow(() -> noBinaries(name));
    try {
      // The length stands for the version; it is known without reading the archive.
      long length = archive.openConnection().getContentLengthLong();
      Path folder = parent.resolve("postgresql-" + length);
      if (!Files.isDirectory(folder)) {
        removeUnfinished(parent);
        unpack(archive, parent, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new EnvironmentException(
          "PostgreSQL cannot be unpacked in %s: %s".formatted(parent, Reasons.of(e)),
          "make that folder writable and see that its disk is not full",
          e);
    }
  }

  /** How zonky calls the archive for a machine. */
  static String archiveName(String system, String machine) {
    String os = system.toLowerCase(Locale.ROOT);
    String kind = os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os;
    String cpu =
        switch (machine.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> machine;
        };
    return "postgres-%s-%s.txz".formatted(kind, cpu);
  }

  /** Of processes that were killed; a younger one may be the work of a process that lives. */
  private static void removeUnfinished(Path parent) {
    long oldMs = System.currentTimeMillis() - UNFINISHED_MS_MAX;
    for (Path child : Folders.children(parent)) {
      if (child.getFileName().toString().startsWith(UNFINISHED)
          && child.toFile().lastModified() < oldMs) {
        Folders.delete(child);
      }
    }
  }

  /** Into a folder beside, renamed when it is whole, so that an interrupted one is never used. */
  private static void unpack(URL archive, Path parent, Path folder) throws IOException {
    Files.createDirectories(parent);
    Path next = Files.createTempDirectory(parent, UNFINISHED);
    try (InputStream packed = archive.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(packed), BUFFER_BYTES))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, next);
      }
      if (!Files.isDirectory(folder)) {
        Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Folders.delete(next);
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path parent)
      throws IOException {
    Path path = parent.resolve(entry.getName()).normalize();
    if (!path.startsWith(parent)) {
      throw new IOException("entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      if ((entry.getMode() & EXECUTABLE_BITS) != 0 && !path.toFile().setExecutable(true, false)) {
        throw new IOException("not made executable: " + path);
      }
    }
  }

  private static EnvironmentException noBinaries(String name) {
    return new EnvironmentException(
        "this Vigia carries no PostgreSQL for this machine (%s)".formatted(name),
        "give one of your own with --postgres jdbc:postgresql://…");
  }
}
