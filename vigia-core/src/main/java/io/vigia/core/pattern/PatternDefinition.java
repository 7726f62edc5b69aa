package io.vigia.core.pattern;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as the pipeline file declares it.
 *
 * <p><b>Shape.</b> {@code by} has the entity's field or fields. With {@code strict} no event of the
 * pattern's streams may lie between two that are taken. With {@code overlap} other partial matches
 * go on after a match; without it they end, so that no event is part of two matches. An event that
 * fits {@code until} ends partial matches and is not taken. A pattern whose last step is negated is
 * completed by time, when the silence has lasted until the end of {@code withinMs}.
 *
 * <p><b>Units and bounds.</b> All events of a match lie in {@code [t, t + withinMs)}, <i>t</i>
 * being the time of the first.
 */
public record PatternDefinition(
    Text name,
    List<Text> by,
    long withinMs,
    List<StepDefinition> steps,
    boolean strict,
    boolean overlap,
    @Nullable Candidate until)
    implements Serializable {
  public PatternDefinition {
    by = List.copyOf(by);
    steps = List.copyOf(steps);
  }

  /** Whether the last step is one that must not come, so that time completes the pattern. */
  public boolean endsInSilence() {
    return steps.get(steps.size() - 1).negated();
  }

  /** The names of the streams whose events it looks at. */
  public Set<String> streams() {
    Set<String> streams = new LinkedHashSet<>();
    for (StepDefinition step : steps) {
      step.candidates().forEach(candidate -> streams.add(candidate.on().value()));
    }
    if (until != null) {
      streams.add(until.on().value());
    }
    return streams;
  }
}
