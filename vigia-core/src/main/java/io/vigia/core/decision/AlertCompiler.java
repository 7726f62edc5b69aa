package io.vigia.core.decision;

import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what ends an alert for every stream whose events can.
 *
 * <p>An alert belongs to no stream: a card's alert may be ended by a payment or by a call of its
 * owner. So its condition holds for each stream that has the fields of its group and all that the
 * condition reads, of which there must be one.
 */
public final class AlertCompiler {
  private final Collection<RuleCompiler> streams;
  private final Problems problems;

  /**
   * @param streams the rules of each stream, which its events are judged by
   */
  public AlertCompiler(Collection<RuleCompiler> streams, Problems problems) {
    this.streams = streams;
    this.problems = problems;
  }

  /** Adds an alert; what is wrong with its condition becomes a problem. */
  public void add(AlertDefinition alert) {
    Text condition = alert.resolveWhen();
    if (condition == null) {
      return;
    }
    @Nullable Problems first = null;
    boolean any = false;
    for (RuleCompiler stream : streams) {
      Problems found = new Problems();
      any |= stream.addResolution(alert, condition, found);
      if (first == null && found.hasErrors()) {
        first = found;
      }
    }
    if (any) {
      return;
    }
    if (first != null) {
      first.sorted().forEach(p -> problems.add(p.code(), p.place(), p.message(), p.help()));
    } else if (!streams.isEmpty()) {
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          condition.place(),
          "no stream has all fields of the group of alert '" + alert.name() + "'",
          "group it by fields that stand in one stream");
    }
  }
}
