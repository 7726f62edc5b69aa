package io.vigia.cli.events;

import io.vigia.cli.WrongInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The files of one stream, as {@code --events} names them: {@code stream=PATH[,PATH...]}.
 *
 * <p><b>Shape.</b> A path whose last part has {@code *} or {@code ?} stands for all files that
 * match, in the order of their names; a name with a comma in it is taken as it is where such a file
 * exists.
 */
public record EventPaths(String stream, List<Path> paths) {
  public EventPaths {
    paths = List.copyOf(paths);
  }

  /** Reads the option. */
  public static final class Converter implements ITypeConverter<EventPaths> {
    @Override
    public EventPaths convert(String value) {
      int equals = value.indexOf('=');
      if (equals < 1 || equals == value.length() - 1) {
        throw new TypeConversionException("expected STREAM=PATH[,PATH...], found '" + value + "'");
      }
      String paths = value.substring(equals + 1);
      boolean one = paths.indexOf(',') < 0 || exists(paths);
      return new EventPaths(
          value.substring(0, equals), expand(one ? List.of(paths) : List.of(paths.split(",", -1))));
    }

    private static boolean exists(String path) {
      try {
        return Files.exists(Path.of(path));
      } catch (InvalidPathException e) {
        return false;
      }
    }
  }

  /** The files that paths stand for, in their order. */
  public static List<Path> expand(List<String> paths) {
    List<Path> expanded = new ArrayList<>();
    for (String path : paths) {
      int slash = path.lastIndexOf('/');
      String name = path.substring(slash + 1);
      if (name.isEmpty()) {
        throw new WrongInputException(
            "expected the path of a file, found '" + path + "'", "name the file");
      }
      boolean pattern = name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
      if (pattern && !exists(path)) {
        expanded.addAll(matching(slash < 0 ? "." : path.substring(0, slash + 1), name, path));
      } else {
        expanded.add(Path.of(path));
      }
    }
    return expanded;
  }

  private static boolean exists(String path) {
    return Converter.exists(path);
  }

  private static List<Path> matching(String folder, String name, String path) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(Path.of(folder))) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), name)) {
        files.forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (found.isEmpty()) {
      throw new WrongInputException("no file matches '" + path + "'", "check the path");
    }
    found.sort(Comparator.comparing(Path::toString));
    return found;
  }
}
