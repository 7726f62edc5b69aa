package io.vigia.cli.terminal;

import io.vigia.wire.event.JsonBytes;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The two outputs of the command.
 *
 * <p><b>Shape.</b> {@link #out} takes results, {@link #note} everything a person should know beside
 * them, {@link #json} the one object for programs. Text is UTF-8 whatever the locale.
 *
 * <p>Colour is used where the output is a terminal, {@code NO_COLOR} is not set and {@code TERM} is
 * not {@code dumb}. Safe for several threads.
 *
 * <p><b>Source.</b> no-color.org.
 */
public final class Terminal {
  private static final int COLUMNS = 80;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final Style style;
  private boolean lineShown;
  private int columns;

  /**
   * What the outputs can show.
   *
   * @param outColour whether results may be coloured
   * @param errColour whether notes and problems may be
   * @param live whether a line on standard error can be rewritten
   * @param columns how wide it is; 0 when that has to be asked
   */
  public record Style(boolean outColour, boolean errColour, boolean live, int columns) {
    /** For outputs that are no terminal. */
    public static final Style PLAIN = new Style(false, false, false, 100);
  }

  public Terminal(OutputStream out, OutputStream err, Style style) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.style = style;
    this.columns = style.columns();
  }

  /** The outputs of this process. */
  public static Terminal ofProcess() {
    Map<String, String> environment = System.getenv();
    boolean outTerminal = isTerminal(1);
    boolean errTerminal = isTerminal(2);
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        new Style(
            outTerminal && !plain,
            errTerminal && !plain,
            errTerminal && !environment.getOrDefault("TERM", "").equals("dumb"),
            outTerminal || errTerminal
                ? columns(environment.getOrDefault("COLUMNS", ""), 0)
                : Style.PLAIN.columns()));
  }

  /** Java 17 can only ask for input and output together; the system knows each by its file. */
  private static boolean isTerminal(int descriptor) {
    try {
      String file = Path.of("/dev/fd/" + descriptor).toRealPath().toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    } catch (IOException e) {
      return false; // a pipe or a socket has no file
    }
  }

  private static int columns(String text, int otherwise) {
    try {
      return Math.max(40, Math.min(500, Integer.parseInt(text)));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** For results. */
  public PrintStream out() {
    return out;
  }

  /** The colours of results. */
  public Ink outInk() {
    return new Ink(style.outColour());
  }

  /** The colours of notes. */
  public Ink errInk() {
    return new Ink(style.errColour());
  }

  /** Whether a line of progress can be rewritten. */
  public boolean isLive() {
    return style.live();
  }

  /** How wide a line may be. */
  public synchronized int columns() {
    if (columns == 0) {
      columns = askColumns();
    }
    return columns;
  }

  private static int askColumns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return columns(answer.strip().replaceFirst("\\d+ ", ""), COLUMNS);
    } catch (IOException e) {
      return COLUMNS;
    }
  }

  /** Where human text goes: to the results, or aside where those are for a program. */
  public PrintStream text(boolean json) {
    return json ? err : out;
  }

  /** Says something beside the results; a line feed is added where it lacks one. */
  public synchronized void note(String text) {
    hideLine();
    err.print(text);
    if (!text.endsWith("\n")) {
      err.println();
    }
    err.flush();
  }

  /** Puts one JSON object on a line of its own into the results. */
  public void json(JsonBytes.Value value) {
    byte[] bytes = new JsonBytes().write(value);
    out.write(bytes, 0, bytes.length);
    out.println();
    out.flush();
  }

  /** Shows a line that the next one replaces, cut to the terminal's width; for {@link Progress}. */
  synchronized void line(String text) {
    if (style.live()) {
      int most = columns() - 1;
      err.print(CLEAR_LINE + (text.length() > most ? text.substring(0, most) : text));
      lineShown = true;
    } else {
      err.println(text);
    }
    err.flush();
  }

  /**
   * Shows what is being done, in a line that goes away with the next output; on a terminal only.
   */
  public void status(String text) {
    if (style.live()) {
      line(text);
    }
  }

  /** Takes the line away. */
  synchronized void hideLine() {
    if (lineShown) {
      err.print(CLEAR_LINE);
      lineShown = false;
    }
  }

  /** Writes out what is still buffered; false when somebody closed the results before their end. */
  public boolean flush() {
    hideLine();
    err.flush();
    return !out.checkError();
  }
}
