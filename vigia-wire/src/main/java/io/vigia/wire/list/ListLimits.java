package io.vigia.wire.list;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;

/** How much can be said about a list while its pipeline runs. */
public final class ListLimits {
  /** Values of a list about which something is said. */
  public static final int ENTRIES_MAX = 200_000;

  private ListLimits() {}

  /** What is told when there would be more. */
  public static Problem full(String list) {
    return new Problem(
        ProblemCode.LIST_FULL,
        Place.of("list " + list),
        "list '" + list + "' would have more than " + ENTRIES_MAX + " entries",
        "remove what has ended, or keep so many values in a table");
  }
}
