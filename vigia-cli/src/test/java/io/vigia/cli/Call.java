package io.vigia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigia.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A call of the command in this process, with what it said. */
public record Call(int exit, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Calls it with outputs that are no terminal. */
  public static Call vigia(String... args) {
    return vigia(Terminal.Style.PLAIN, args);
  }

  /** Calls it with outputs of some style. */
  public static Call vigia(Terminal.Style style, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(out, err, style);
    int exit = Main.run(args, terminal);
    terminal.flush();
    return new Call(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The same, having ended with an exit code. */
  public Call exits(int expected) {
    assertEquals(expected, exit, () -> "out:\n" + out + "\nerr:\n" + err);
    return this;
  }

  /** The object on the last line of the results. */
  public JsonNode json() {
    String[] lines = out.strip().split("\n", -1);
    try {
      return JSON.readTree(lines[lines.length - 1]);
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON on the last line of:\n" + out, e);
    }
  }
}
