package io.vigia.core.decision;

/** Which of the rules that fire make the decision. */
public enum RuleMatch {
  /** All of them: the most severe outcome, the sum of the scores. */
  ALL("all"),
  /** The first live one in the order of the file; those behind it are not asked. */
  FIRST("first");

  private final String word;

  RuleMatch(String word) {
    this.word = word;
  }

  /** As the pipeline file writes it. */
  public String word() {
    return word;
  }
}
