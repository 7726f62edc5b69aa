package io.vigia.core.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the known word that an unknown one was probably meant to be.
 *
 * <p><b>Units and bounds.</b> Edit distance with transpositions of neighbours, upper and lower case
 * being the same; at most a third of the word's length (at least 1, at most 3), and never all of
 * it. Ties go to the alphabetically first.
 */
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /** The nearest of {@code known} to {@code word}, if one is near enough. */
  public static Optional<String> of(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String lower = word.toLowerCase(Locale.ROOT);
    int best = Math.max(1, Math.min(3, word.length() / 3)) + 1;
    String nearest = null;
    for (String candidate : new TreeSet<>(known)) {
      if (candidate.length() <= LONGEST) {
        int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
        if (distance < Math.min(best, Math.max(1, word.length()))) {
          best = distance;
          nearest = candidate;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** A help text: {@code did you mean 'x'?}, or the list of what is known. */
  public static String help(String word, Collection<String> known) {
    return of(word, known)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(
            () -> known.isEmpty() ? "" : "known here: " + String.join(", ", new TreeSet<>(known)));
  }

  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, d[i - 2][j - 2] + 1);
        }
        d[i][j] = least;
      }
    }
    return d[a.length()][b.length()];
  }
}
