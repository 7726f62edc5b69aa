package io.vigia.cli.events;

import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells of lines that are no good: the first ones in full, as soon as they are read, all of them by
 * number.
 *
 * <p><b>Units and bounds.</b> {@value #TOLD_MAX} are told.
 */
public final class BadLines {
  private static final int TOLD_MAX = 20;

  private final Problems problems;
  private final Terminal terminal;
  private final Set<Problem> told = new HashSet<>();

  /** Watches what is added to {@code problems}. */
  public BadLines(Problems problems, Terminal terminal) {
    this.problems = problems;
    this.terminal = terminal;
  }

  /** Tells what is new; to be called when a line was no good. */
  public void tell() {
    if (told.size() >= TOLD_MAX) {
      return;
    }
    for (Problem problem : problems.sorted()) {
      if (told.size() < TOLD_MAX && told.add(problem)) {
        terminal.note(
            line(
                problem.place().toString(),
                problem.code().text(),
                problem.message(),
                problem.help()));
        if (told.size() == TOLD_MAX) {
          terminal.note("further bad lines are only counted");
        }
      }
    }
  }

  /** One problem with an event in one line. */
  public static String line(String place, String code, String message, String help) {
    return place + "  " + code + "  " + message + (help.isEmpty() ? "" : "; " + help);
  }
}
