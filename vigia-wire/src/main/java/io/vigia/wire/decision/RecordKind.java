package io.vigia.wire.decision;

import java.util.Optional;

/** What a record of the decisions topic is, as its header {@link RecordHeaders#KIND} says. */
public enum RecordKind {
  /** A decision, as {@link DecisionJson} writes it. */
  DECISION("decision"),
  /** The same event again: a {@link KnownEvent}. */
  REPEAT("repeat"),
  /** Other content under a known id: a {@link KnownEvent}. */
  CONFLICT("conflict"),
  /** An event that could not be decoded or accepted: {@code ProblemJson}. */
  REFUSED("refused"),
  /** The echo of a control record; empty. */
  PROBE("probe"),
  /** What a gateway answered itself: a {@link FallbackAnswer}. */
  ANSWER("answer");

  private final String word;

  RecordKind(String word) {
    this.word = word;
  }

  /** The header's value. */
  public String word() {
    return word;
  }

  /** The kind of a header's value; empty for one that is not known here. */
  public static Optional<RecordKind> of(String word) {
    for (RecordKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
