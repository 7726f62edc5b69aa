package io.vigia.core.pipeline;

import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import io.vigia.core.state.LogLayout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an entity's log notes of each event, counted while a pipeline is compiled: one word holds a
 * bit for each field read and for each condition.
 */
final class LogFlags {
  private final Map<String, Set<String>> logs = new HashMap<>();

  /** Adds what one declaration notes of the events of a stream. */
  void add(
      Text name,
      Text on,
      List<String> entity,
      List<String> fields,
      List<Text> conditions,
      Problems problems) {
    Set<String> flags = logs.computeIfAbsent(on + " by " + entity, log -> new HashSet<>());
    int before = flags.size();
    fields.forEach(field -> flags.add("field " + field));
    conditions.forEach(condition -> flags.add("where " + condition));
    if (before <= LogLayout.MAX_FLAGS && flags.size() > LogLayout.MAX_FLAGS) {
      problems.add(
          ProblemCode.OVER_LIMIT,
          name.place(),
          "the features of "
              + String.join("+", entity)
              + " on '"
              + on
              + "' use more than "
              + LogLayout.MAX_FLAGS
              + " different fields and conditions",
          "let features share their where, or divide them over two entities");
    }
  }
}
