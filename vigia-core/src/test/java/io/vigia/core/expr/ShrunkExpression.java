package io.vigia.core.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The shortest expression found in a failing one that fails as well.
 *
 * <p>Spans of tokens are left out, long ones first, as long as what remains still fails (Zeller's
 * delta debugging, without its complements). What does not parse or check any more does not fail,
 * so that no grammar is needed here.
 */
final class ShrunkExpression {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|[A-Za-z_][A-Za-z_0-9]*|[0-9][0-9.e]*|&&|\\|\\||[=!<>]=|\\s|.");

  private ShrunkExpression() {}

  static String of(String failing, Predicate<String> fails) {
    List<String> tokens =
        new ArrayList<>(TOKEN.matcher(failing).results().map(MatchResult::group).toList());
    boolean shorter = true;
    while (shorter) {
      shorter = false;
      for (int length = tokens.size() - 1; length > 0 && !shorter; length--) {
        for (int from = 0; from + length <= tokens.size() && !shorter; from++) {
          List<String> rest = new ArrayList<>(tokens);
          rest.subList(from, from + length).clear();
          if (fails.test(String.join("", rest))) {
            tokens = rest;
            shorter = true;
          }
        }
      }
    }
    return String.join("", tokens);
  }
}
