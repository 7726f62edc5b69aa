package io.vigia.cli.backtest;

import io.vigia.cli.WrongInputException;
import io.vigia.core.decision.Decision;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.wire.decision.DecisionJson;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Decisions on their way into a file, one a line.
 *
 * <p><b>Shape.</b> NDJSON, compressed where the name ends with {@code .gz}; {@code -} is standard
 * output.
 *
 * <p><b>Errors.</b> {@link EnvironmentException} when the file cannot be written.
 */
final class DecisionFile implements Closeable {
  private static final int BUFFER = 1 << 20;

  private final String name;
  private final OutputStream out;
  private final boolean own;
  private final DecisionJson json = new DecisionJson();

  private DecisionFile(String name, OutputStream out, boolean own) {
    this.name = name;
    this.out = new BufferedOutputStream(out, BUFFER);
    this.own = own;
  }

  /** A file that replaces what was there. */
  static DecisionFile create(Path file, OutputStream standardOutput) {
    String name = file.toString();
    if (name.equals("-")) {
      return new DecisionFile("standard output", standardOutput, false);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new WrongInputException(
          "--out: there is no folder '" + folder + "'", "create it, or choose another");
    }
    try {
      OutputStream bytes = Files.newOutputStream(file);
      return new DecisionFile(
          name,
          name.toLowerCase(Locale.ROOT).endsWith(".gz")
              ? new GZIPOutputStream(bytes, BUFFER >> 4)
              : bytes,
          true);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** Adds a line. */
  void write(Decision decision) {
    try {
      out.write(json.encodeLine(decision));
      out.write('\n');
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  @Override
  public void close() {
    try {
      if (own) {
        out.close();
      } else {
        out.flush();
      }
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private static EnvironmentException failed(String name, IOException e) {
    return new EnvironmentException(
        name + " cannot be written: " + e.getMessage(),
        "check the folder and the room that is left there",
        e);
  }
}
