package io.vigia.wire.pipeline;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problem.Severity;
import io.vigia.core.problem.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prints problems for people: each with its line, a caret below what is meant, and the next step;
 * then how many there are.
 *
 * <p><b>Shape.</b>
 *
 * <pre>
 * VG-FORM-001 error pipelines/card-fraud.yaml:9:5  unknown word 'tiem' in stream 'payments'
 *   9 | tiem: created_at
 *     | ^^^^
 *   help: did you mean 'time'?
 *
 * 1 problem in pipelines/card-fraud.yaml
 * </pre>
 *
 * <p><b>Units and bounds.</b> A line of the file is shown without its indentation and cut to
 * {@value SourceLine#SHOWN_MAX} columns around the caret; wide characters take two columns, tabs
 * and characters that a terminal would act on are replaced.
 */
public final class ProblemPrinter {
  private final Function<String, @Nullable String> sourceOfFile;
  private final Paint paint;
  private final Map<String, SourceText> sources = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  private ProblemPrinter(Function<String, @Nullable String> sourceOfFile, boolean colour) {
    this.sourceOfFile = sourceOfFile;
    this.paint = new Paint(colour);
  }

  /**
   * The problems and a summary; empty when there are none.
   *
   * @param sourceOfFile the text of a file that a place names, or null where it cannot be had
   * @param colour whether to use ANSI colours
   */
  public static String print(
      List<Problem> problems, Function<String, @Nullable String> sourceOfFile, boolean colour) {
    return new ProblemPrinter(sourceOfFile, colour).print(problems, 0);
  }

  /** The same for all that were collected, those beyond the limit counted. */
  public static String print(
      Problems problems, Function<String, @Nullable String> sourceOfFile, boolean colour) {
    return new ProblemPrinter(sourceOfFile, colour)
        .print(problems.sorted(), problems.beyondLimit());
  }

  private String print(List<Problem> problems, int beyondLimit) {
    if (problems.isEmpty()) {
      return "";
    }
    for (Problem problem : problems) {
      print(problem);
    }
    return out.append(summary(problems, beyondLimit)).append('\n').toString();
  }

  private void print(Problem problem) {
    boolean error = problem.severity() == Severity.ERROR;
    String severity = problem.severity().name().toLowerCase(Locale.ROOT);
    out.append(problem.code().text())
        .append(' ')
        .append(error ? paint.error(severity) : paint.warning(severity))
        .append(' ')
        .append(paint.strong(problem.place().toString()))
        .append("  ")
        .append(problem.message())
        .append('\n');
    printLine(problem, error);
    if (!problem.help().isEmpty()) {
      out.append("  ").append(paint.help("help:")).append(' ').append(problem.help()).append('\n');
    }
    out.append('\n');
  }

  private void printLine(Problem problem, boolean error) {
    Place place = problem.place();
    SourceText source = source(place.file());
    if (source == null || place.line() < 1 || place.line() > source.lines()) {
      return;
    }
    int index = place.line() - 1;
    int at = Math.min(source.lineStart(index) + place.column() - 1, source.lineEnd(index));
    int end = Math.min(source.lineEnd(index), at + SourceLine.SHOWN_MAX);
    int length = quotedLength(problem, source.slice(at, end));
    SourceLine line = SourceLine.of(source, index, place.column() - 1, length);
    String number = Integer.toString(place.line());
    out.append("  ").append(number).append(" | ").append(line.text()).append('\n');
    String carets = "^".repeat(line.caretWidth());
    out.append("  ")
        .append(" ".repeat(number.length()))
        .append(" | ")
        .append(" ".repeat(line.caretAt()))
        .append(error ? paint.error(carets) : paint.warning(carets))
        .append('\n');
  }

  /**
   * How many characters of the line the problem is about: a place is a point, but what stands there
   * is mostly quoted in the message or the help.
   */
  private static int quotedLength(Problem problem, String rest) {
    return Math.max(quotedLength(problem.message(), rest), quotedLength(problem.help(), rest));
  }

  /** The longest text that is quoted in {@code told} and with which {@code rest} begins. */
  private static int quotedLength(String told, String rest) {
    int longest = 0;
    for (int from = told.indexOf('\''); from >= 0; from = told.indexOf('\'', from + 1)) {
      for (int to = told.indexOf('\'', from + 1); to >= 0; to = told.indexOf('\'', to + 1)) {
        String quoted = told.substring(from + 1, to);
        if (rest.startsWith(quoted)) {
          longest = Math.max(longest, quoted.codePointCount(0, quoted.length()));
        }
      }
    }
    return longest;
  }

  private @Nullable SourceText source(String file) {
    SourceText known = sources.get(file);
    if (known == null) {
      String text = sourceOfFile.apply(file);
      if (text == null) {
        return null;
      }
      boolean marked = !text.isEmpty() && text.charAt(0) == '\ufeff';
      known = SourceText.of(file, marked ? text.substring(1) : text);
      sources.put(file, known);
    }
    return known;
  }

  private static String summary(List<Problem> problems, int beyondLimit) {
    long warnings = problems.stream().filter(p -> p.severity() == Severity.WARNING).count();
    long errors = problems.size() - warnings + beyondLimit;
    List<String> files = problems.stream().map(p -> p.place().file()).distinct().toList();
    String counts =
        errors == 0
            ? count(warnings, "warning")
            : warnings == 0
                ? count(errors, "problem")
                : count(errors, "problem") + " and " + count(warnings, "warning");
    return counts
        + " in "
        + (files.size() == 1 ? files.get(0) : files.size() + " files")
        + (beyondLimit > 0 ? ", the first " + problems.size() + " shown" : "");
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** ANSI colours, or none. */
  private record Paint(boolean colour) {
    String error(String text) {
      return paint("1;31", text);
    }

    String warning(String text) {
      return paint("1;33", text);
    }

    String strong(String text) {
      return paint("1", text);
    }

    String help(String text) {
      return paint("36", text);
    }

    private String paint(String code, String text) {
      return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
  }
}
