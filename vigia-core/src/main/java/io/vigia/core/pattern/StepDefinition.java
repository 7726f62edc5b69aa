package io.vigia.core.pattern;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;

/**
 * A step of a pattern as the pipeline file declares it.
 *
 * <p><b>Shape.</b> An event fits the step when it fits any of {@code candidates}. A positive step
 * takes from {@code least} to {@code most} events; a negated one takes none and must find none.
 *
 * <p><b>Units and bounds.</b> {@code most} is {@link #UNBOUNDED} for an open end; 0 for {@code
 * least} makes the step optional.
 */
public record StepDefinition(
    Text name, List<Candidate> candidates, int least, int most, boolean negated)
    implements Serializable {
  /** As many events as come. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public StepDefinition {
    candidates = List.copyOf(candidates);
  }

  boolean isOptional() {
    return least == 0;
  }
}
