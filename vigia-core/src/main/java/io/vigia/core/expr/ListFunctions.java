package io.vigia.core.expr;

import dev.cel.common.exceptions.CelIndexOutOfBoundsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Functions of lists of texts. Expressions that make lists are interpreted. */
final class ListFunctions {
  static final String SIGNATURES =
      """
      strings.distinct() strings
      strings.sort() strings
      strings.slice(int, int) strings
      sets.contains(strings, strings) bool
      sets.intersects(strings, strings) bool""";

  private ListFunctions() {}

  private static List<String> texts(List<?> list) {
    return list.stream().map(String.class::cast).toList();
  }

  /** Each value once, in the order in which they first come. */
  static List<String> distinct(List<?> list) {
    return List.copyOf(new LinkedHashSet<>(texts(list)));
  }

  static List<String> sort(List<?> list) {
    return texts(list).stream().sorted().toList();
  }

  /** The values from {@code from} on and before {@code to}. */
  static List<String> slice(List<?> list, long from, long to) {
    if (from < 0 || from > to || to > list.size()) {
      throw new CelIndexOutOfBoundsException(from < 0 || from > to ? from : to);
    }
    return texts(list).subList((int) from, (int) to);
  }

  /** Whether all of {@code others} are in the list. */
  static boolean contains(List<?> list, List<?> others) {
    return Set.copyOf(texts(list)).containsAll(texts(others));
  }

  /** Whether one of {@code others} is in the list. */
  static boolean intersects(List<?> list, List<?> others) {
    Set<String> known = Set.copyOf(texts(list));
    return texts(others).stream().anyMatch(known::contains);
  }
}
