package io.vigia.wire.pipeline;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why the YAML parser stopped, in its own words.
 *
 * <p><b>Units and bounds.</b> {@code at} is where it stopped; {@code contextAt} where the construct
 * it was reading began, or -1.
 */
record YamlSyntaxError(String context, int contextAt, String problem, int at, Before before) {

  /**
   * What was read before.
   *
   * <p><b>Shape.</b> The last text that was complete; where the innermost and the outermost
   * brackets began that were still open, or -1.
   */
  record Before(int textStart, int textEnd, int innerBracket, int outerBracket) {}

  static YamlSyntaxError of(MarkedYamlEngineException e, Before before) {
    String context = e.getContext();
    String problem = e.getProblem();
    return new YamlSyntaxError(
        context == null ? "" : context,
        e.getContextMark().map(Mark::getIndex).orElse(-1),
        problem == null ? "" : problem,
        e.getProblemMark().map(Mark::getIndex).orElse(before.textEnd()),
        before);
  }

  /** Whether it was reading <code>{…}</code> or <code>[…]</code>. */
  boolean inBrackets() {
    return context.startsWith("while parsing a flow");
  }

  /** Whether it was reading a quoted text. */
  boolean inQuotes() {
    return context.startsWith("while scanning a quoted") || context.contains("double-quoted");
  }
}
