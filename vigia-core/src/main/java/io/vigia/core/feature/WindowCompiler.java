package io.vigia.core.feature;

import io.vigia.core.expr.ProgramLoader;
import io.vigia.core.feature.Window.Reading;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Writes the Java source of a {@link WindowProgram}.
 *
 * <p><b>Shape.</b> A method for each window and each of the four steps, in which every aggregate is
 * called as what it is: so the JVM sees each step as a whole, as if it had been written by hand for
 * these windows. A window of fixed length is moved in place; all others by their {@link Span}.
 *
 * <p><b>Source.</b> T. Neumann, Efficiently Compiling Efficient Query Plans for Modern Hardware,
 * VLDB 2011: code that follows one event through all its operators, instead of operators that call
 * one another.
 */
final class WindowCompiler {
  /** The most calls in a method, so that the JVM still compiles it. */
  private static final int CALLS_MAX = 100;

  private final Window[] windows;
  private final long outOfOrderMs;
  private final List<String> types = new ArrayList<>();
  private final List<Object> constants = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  private WindowCompiler(Window[] windows, long outOfOrderMs) {
    this.windows = windows;
    this.outOfOrderMs = outOfOrderMs;
  }

  static WindowProgram compile(Window[] windows, long outOfOrderMs) {
    WindowCompiler compiler = new WindowCompiler(windows, outOfOrderMs);
    String members = compiler.members();
    return ProgramLoader.load(
            MethodHandles.lookup(), WindowProgram.class, members, compiler.constants.toArray())
        .orElseThrow(() -> new IllegalStateException(windows.length + " windows: too many"));
  }

  private String members() {
    step(
        "advance",
        "Cells cells, io.vigia.core.state.KeyState state, long now",
        (window, number) -> "(cells, state.log(" + window.log() + "), now)",
        "Cells cells, io.vigia.core.state.EventLog log, long now",
        this::advance);
    step(
        "readBefore",
        "Cells cells, io.vigia.core.state.KeyState state, Slots into",
        (window, number) -> "(cells, state.log(" + window.log() + "), into)",
        "Cells cells, io.vigia.core.state.EventLog log, Slots into",
        window -> readings(window, window.before()));
    step(
        "enter",
        "Cells cells, io.vigia.core.state.EventLog log, int fed, long index",
        (window, number) -> "(cells, log, fed, index)",
        "Cells cells, io.vigia.core.state.EventLog log, int fed, long index",
        this::enter);
    step(
        "readAfter",
        "Cells cells, io.vigia.core.state.KeyState state, Slots into",
        (window, number) -> "(cells, state.log(" + window.log() + "), into)",
        "Cells cells, io.vigia.core.state.EventLog log, Slots into",
        window -> readings(window, window.after()));
    touch();
    return fields() + out;
  }

  /** Where the windows begin and end, and where the next event will lie. */
  private void touch() {
    out.append("long touch(Cells cells, io.vigia.core.state.KeyState state) {\n");
    out.append("long[] words = cells.words;\nlong sum = 0;\n");
    Arrays.stream(windows)
        .mapToInt(Window::log)
        .distinct()
        .forEach(log -> touch(log, "state.log(" + log + ").end()"));
    for (Window window : windows) {
      touch(window.log(), "words[" + window.stretch().startWord() + "]");
      if (window.delayMs() > 0) {
        touch(window.log(), "words[" + window.stretch().endWord() + "]");
      }
    }
    out.append("return sum;\n}\n");
  }

  private void touch(int log, String index) {
    out.append("sum += state.log(").append(log).append(").touch(").append(index).append(");\n");
  }

  /** The arguments with which the method of a window is called. */
  private interface Arguments {
    String of(Window window, int number);
  }

  /** A method that calls that of each window, in groups where there are many. */
  private void step(
      String name,
      String parameters,
      Arguments arguments,
      String ownParameters,
      Function<Window, String> body) {
    List<String> calls = new ArrayList<>();
    for (int w = 0; w < windows.length; w++) {
      String statements = body.apply(windows[w]);
      if (!statements.isEmpty()) {
        out.append("void ")
            .append(name)
            .append(w)
            .append('(')
            .append(ownParameters)
            .append(") {\n");
        out.append(statements).append("}\n");
        calls.add(name + w + arguments.of(windows[w], w) + ";\n");
      }
    }
    String names = parameters.replaceAll("[A-Za-z.]+ ([a-z]+)", "$1");
    List<String> groups = new ArrayList<>();
    for (int from = 0; from < calls.size(); from += CALLS_MAX) {
      String group = name + "Group" + groups.size();
      out.append("void ").append(group).append('(').append(parameters).append(") {\n");
      calls.subList(from, Math.min(calls.size(), from + CALLS_MAX)).forEach(out::append);
      out.append("}\n");
      groups.add(group + "(" + names + ");\n");
    }
    out.append("void ").append(name).append('(').append(parameters).append(") {\n");
    (groups.size() == 1 ? calls : groups).forEach(out::append);
    out.append("}\n");
  }

  private String advance(Window window) {
    String time = "now - " + window.delayMs() + "L";
    StringBuilder body = new StringBuilder();
    if (window.span() instanceof Span.LookBack lookBack) {
      int start = window.stretch().startWord();
      int end = window.stretch().endWord();
      body.append("long time = ").append(time).append(";\nlong[] words = cells.words;\n");
      body.append("long end = words[").append(end).append("];\n");
      if (window.delayMs() > 0) {
        body.append("long last = log.end();\nif (end < last && log.time(end) <= time) {\ndo {\n");
        calls(window, body, "add", "end");
        body.append("end++;\n} while (end < last && log.time(end) <= time);\n");
        body.append("words[").append(end).append("] = end;\n}\n");
      }
      body.append("long oldest = time - ").append(lookBack.reachMs()).append("L;\n");
      body.append("long start = words[").append(start).append("];\n");
      body.append("if (start < end && log.time(start) <= oldest) {\n");
      // After a silence everything leaves: then nothing that the log has of it need be looked at.
      body.append("if (end - start > ").append(Stretch.RESET_ABOVE).append("L");
      body.append(" && log.time(end - 1L) <= oldest) {\n").append(constant(window.stretch()));
      body.append(".leave(cells, log, end);\n} else {\ndo {\n");
      calls(window, body, "remove", "start");
      body.append("start++;\n} while (start < end && log.time(start) <= oldest);\n");
      body.append("words[").append(start).append("] = start;\n}\n}\n");
    } else {
      body.append(move(window, window.stretch(), time));
      Stretch oldest = window.oldest();
      if (oldest != null) {
        body.append(move(window, oldest, time + " - " + outOfOrderMs + "L"));
      }
    }
    return body.toString();
  }

  private String move(Window window, Stretch stretch, String time) {
    return "move(%s, cells, log, %s, %s);\n"
        .formatted(constant(window.span()), constant(stretch), time);
  }

  private void calls(Window window, StringBuilder body, String method, String index) {
    for (WindowAggregate aggregate : window.stretch().moving()) {
      body.append(constant(aggregate)).append('.').append(method);
      body.append("(cells, log, ").append(index).append(");\n");
    }
  }

  private String enter(Window window) {
    if (window.delayMs() > 0) {
      return "";
    }
    StringBuilder body = new StringBuilder("if (fed == " + window.log() + ") {\n");
    if (window.span() instanceof Span.LookBack) {
      calls(window, body, "add", "index");
      body.append("cells.words[").append(window.stretch().endWord()).append("] = index + 1;\n");
    } else {
      body.append(constant(window.span())).append(".extend(cells, log, ");
      body.append(constant(window.stretch())).append(", index + 1);\n");
    }
    return body.append("}\n").toString();
  }

  private String readings(Window window, List<Reading> readings) {
    if (readings.isEmpty()) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    body.append("long start = cells.words[").append(window.stretch().startWord()).append("];\n");
    body.append("long end = cells.words[").append(window.stretch().endWord()).append("];\n");
    for (Reading reading : readings) {
      body.append(constant(reading.aggregate())).append(".read(cells, log, start, end, into, ");
      body.append(reading.slot()).append(");\n");
    }
    return body.toString();
  }

  /** The field that holds an object as what it is. */
  private String constant(Object value) {
    for (int i = 0; i < constants.size(); i++) {
      if (constants.get(i) == value) {
        return "c" + i;
      }
    }
    constants.add(value);
    types.add(value.getClass().getCanonicalName());
    return "c" + (constants.size() - 1);
  }

  private String fields() {
    StringBuilder fields = new StringBuilder();
    StringBuilder settings = new StringBuilder();
    for (int i = 0; i < types.size(); i++) {
      fields.append("private final ").append(types.get(i)).append(" c").append(i).append(";\n");
      settings.append("c").append(i).append(" = (").append(types.get(i));
      settings.append(") constants[").append(i).append("];\n");
    }
    return fields + ProgramLoader.CLASS + "(Object[] constants) {\n" + settings + "}\n";
  }
}
