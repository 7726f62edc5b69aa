package io.vigia.core.pipeline;

import io.vigia.core.pattern.Candidate;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import io.vigia.core.problem.Text;
import java.util.List;

/** The part of a state's signature that patterns make. */
final class PatternSignature {
  private static final char END = '\n';

  private PatternSignature() {}

  /** Appends what shapes partial matches; whether any condition reads a list. */
  static boolean append(StringBuilder text, List<PatternDefinition> patterns) {
    int from = text.length();
    for (PatternDefinition pattern : patterns) {
      text.append("pattern ").append(pattern.name()).append(' ').append(names(pattern.by()));
      text.append(pattern.withinMs()).append(pattern.strict()).append(pattern.overlap());
      text.append(END);
      for (StepDefinition step : pattern.steps()) {
        text.append("step ").append(step.name()).append(' ').append(step.least());
        text.append("..").append(step.most()).append(step.negated()).append(END);
        step.candidates().forEach(candidate -> append(text, candidate));
      }
      Candidate until = pattern.until();
      if (until != null) {
        text.append("until").append(END);
        append(text, until);
      }
    }
    return text.indexOf("lists.", from) >= 0;
  }

  private static void append(StringBuilder text, Candidate candidate) {
    text.append(candidate.on()).append(' ').append(candidate.where()).append(END);
  }

  private static String names(List<Text> texts) {
    return texts.stream().map(Text::value).toList().toString();
  }
}
