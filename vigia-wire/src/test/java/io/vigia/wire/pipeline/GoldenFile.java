package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An input and the exact text that must come of it, divided by a line {@code =====>}.
 *
 * <p>What no text file should hold is written as {@code #! hex} and bytes, or {@code #! repeat 64
 * "a"}. With {@code -Dvigia.golden.update=true} the files are written anew instead of compared.
 */
record GoldenFile(Path path, String written, String expected) {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final String DIVIDER = "=====>\n";
  private static final Pattern REPEAT = Pattern.compile("#! repeat ([0-9]+) \"(.*)\"\n");
  private static final String HEX = "#! hex\n";

  /** All of a folder below {@code golden}. */
  static List<GoldenFile> all(String folder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.sorted().map(GoldenFile::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isUpdate() {
    return Boolean.getBoolean("vigia.golden.update");
  }

  private static GoldenFile read(Path path) {
    try {
      String text = Files.readString(path);
      int divider = text.indexOf(DIVIDER);
      if (divider < 0) {
        throw new IllegalStateException(path + ": no line " + DIVIDER.strip());
      }
      return new GoldenFile(
          path, text.substring(0, divider), text.substring(divider + DIVIDER.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] input() {
    if (written.startsWith(HEX)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (String hex : written.substring(HEX.length()).strip().split("\\s+", -1)) {
        bytes.write(Integer.parseInt(hex, 16));
      }
      return bytes.toByteArray();
    }
    Matcher repeat = REPEAT.matcher(written);
    String text =
        repeat.matches()
            ? repeat.group(2).replace("\\x00", "\0").repeat(Integer.parseInt(repeat.group(1)))
            : written;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void check(String actual) {
    if (!isUpdate()) {
      assertEquals(expected, actual, () -> path + " (-Dvigia.golden.update=true writes it anew)");
      return;
    }
    try {
      Files.writeString(path, written + DIVIDER + actual);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name without folder and ending. */
  @Override
  public String toString() {
    return path.getFileName().toString().replace(".txt", "");
  }
}
