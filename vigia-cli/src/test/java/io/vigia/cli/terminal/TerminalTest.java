package io.vigia.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void note_lineShown_replacesIt() {
    Terminal terminal = new Terminal(out, err, new Terminal.Style(false, false, true, 80));
    terminal.line("10 %");
    terminal.note("look");
    assertEquals("\r\u001b[K10 %\r\u001b[Klook\n", err());
  }

  @Test
  void line_longerThanTheTerminal_isCut() {
    Terminal terminal = new Terminal(out, err, new Terminal.Style(false, false, true, 40));
    terminal.line("x".repeat(100));
    assertEquals("\r\u001b[K" + "x".repeat(39), err());
  }

  @Test
  void status_noTerminal_saysNothing() {
    new Terminal(out, err, Terminal.Style.PLAIN).status("starting");
    assertEquals("", err());
  }

  @Test
  void json_text_isUtf8OnOneLine() {
    Terminal terminal = new Terminal(out, err, Terminal.Style.PLAIN);
    terminal.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", "Vigía\n");
          json.writeEndObject();
        });
    assertEquals("{\"name\":\"Vigía\\n\"}\n", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void flush_outputClosedByItsReader_isFalse() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws java.io.IOException {
            throw new java.io.IOException("Broken pipe");
          }
        };
    Terminal terminal = new Terminal(closed, err, Terminal.Style.PLAIN);
    terminal.out().println("x");
    assertEquals(false, terminal.flush());
  }
}
