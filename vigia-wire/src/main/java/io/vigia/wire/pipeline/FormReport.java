package io.vigia.wire.pipeline;

import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.util.Collection;
import java.util.IdentityHashMap;

/** Collects what is found in the form of a file, by indices into its text. */
final class FormReport {
  /** Beyond this many, problems are counted and nobody reads their help. */
  private static final int HELPED_MAX = 250;

  private final SourceText source;
  private final Problems problems;
  private final IdentityHashMap<YamlNode, Integer> beginnings = new IdentityHashMap<>();
  private int reported;

  FormReport(SourceText source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  SourceText source() {
    return source;
  }

  void add(ProblemCode code, int at, String message, String help) {
    reported++;
    problems.add(code, source.place(at), message, help);
  }

  void add(Complaint complaint, int at) {
    add(complaint.code(), at, complaint.message(), complaint.help());
  }

  void add(UnquotedText unquoted) {
    add(ProblemCode.YAML_UNQUOTED, unquoted.start(), unquoted.message(), unquoted.help());
  }

  /** Whether so much was found that more is only counted. */
  boolean isFull() {
    return reported > HELPED_MAX;
  }

  /** The nearest known word, or all of them. */
  String nearest(String word, Collection<String> known) {
    return isFull() ? "" : Nearest.help(word, known);
  }

  /** Remembers that {@code node} is the value of the key at {@code start}. */
  void begins(YamlNode node, int start) {
    beginnings.put(node, start);
  }

  /** Where to point when something is missing in {@code node}: its name if it has one. */
  int beginning(YamlNode node) {
    return beginnings.getOrDefault(node, node.start());
  }
}
