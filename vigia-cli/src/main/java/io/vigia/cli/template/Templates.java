package io.vigia.cli.template;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The templates that this build carries. */
public final class Templates {
  private static final List<String> NAMES = List.of("fraud", "shop", "sensors", "minimal");

  private Templates() {}

  /** In the order in which they are shown. */
  static List<String> names() {
    return NAMES;
  }

  /** The files of a template by their path in it. */
  public static SortedMap<String, byte[]> files(String name) {
    String folder = "templates/" + name + "/";
    SortedMap<String, byte[]> files = new TreeMap<>();
    Path place = place();
    try {
      if (Files.isDirectory(place)) {
        readFolder(place.resolve(folder), files);
      } else {
        readArchive(place, folder, files);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          place + " cannot be read: " + e.getMessage(), "install or build Vigia again", e);
    }
    if (files.isEmpty()) {
      throw new EnvironmentException(
          "this build does not carry the template '" + name + "'", "build Vigia again");
    }
    return files;
  }

  private static Path place() {
    CodeSource source = Templates.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of a class is a URI", e);
    }
  }

  private static void readFolder(Path folder, SortedMap<String, byte[]> into) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        into.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
  }

  private static void readArchive(Path archive, String folder, SortedMap<String, byte[]> into)
      throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        if (entry.getName().startsWith(folder)) {
          try (InputStream in = zip.getInputStream(entry)) {
            into.put(entry.getName().substring(folder.length()), in.readAllBytes());
          }
        }
      }
    }
  }
}
