package io.vigia.core.decision;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;

/**
 * An alert as the pipeline file declares it: which outcomes raise it, what makes two of them the
 * same, and for how long a raised one stays quiet.
 *
 * <p><b>Units and bounds.</b> {@code cooldownMs} in event time, 0 for none.
 */
public record AlertDefinition(Text name, List<Text> outcomes, List<Text> groupBy, long cooldownMs)
    implements Serializable {
  public AlertDefinition {
    outcomes = List.copyOf(outcomes);
    groupBy = List.copyOf(groupBy);
  }
}
