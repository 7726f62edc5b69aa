package io.vigia.core.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the problems of one input, so that all of them are told at once.
 *
 * <p><b>Units and bounds.</b> Keeps the first {@value #LIMIT}; the rest is counted. Not
 * thread-safe.
 */
public final class Problems {
  /** More than anybody mends in one go. */
  private static final int LIMIT = 200;

  private final Set<Problem> found = new LinkedHashSet<>();
  private int errors;
  private int beyondLimit;

  /** Adds a problem with a next step. */
  public void add(ProblemCode code, Place place, String message, String help) {
    if (found.size() >= LIMIT) {
      beyondLimit++;
    } else if (!found.add(new Problem(code, place, message, help))) {
      return;
    }
    if (code.severity() == Problem.Severity.ERROR) {
      errors++;
    }
  }

  /** Adds a problem that needs no further help. */
  public void add(ProblemCode code, Place place, String message) {
    add(code, place, message, "");
  }

  /** Whether anything found refuses the input. */
  public boolean hasErrors() {
    return errors > 0;
  }

  /** How many errors were found so far; a caller can compare before and after. */
  public int errors() {
    return errors;
  }

  /** How many were found after the limit was reached. */
  public int beyondLimit() {
    return beyondLimit;
  }

  /** What was found, in the order of the file. */
  public List<Problem> sorted() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparing((Problem p) -> p.place().file())
            .thenComparingInt(p -> p.place().line())
            .thenComparingInt(p -> p.place().column()));
    return sorted;
  }
}
