package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done with whole folders. Symbolic links are never followed. */
final class Folders {
  private Folders() {}

  /** Removes {@code path} with all that is in it, if it is there. */
  static void delete(Path path) {
    if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Removes all that is in {@code folder}. */
  static void empty(Path folder) {
    children(folder).forEach(Folders::delete);
  }

  /** What is in {@code folder}; nothing when it does not exist. */
  static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static EnvironmentException unusable(Path path, IOException e) {
    return new EnvironmentException(
        "%s cannot be read and written: %s".formatted(path, Reasons.of(e)),
        "make it readable and writable, then start again",
        e);
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
