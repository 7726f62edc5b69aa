package io.vigia.wire.event;

import io.vigia.core.problem.Problem;
import java.util.List;

/**
 * The events of one request, in their order.
 *
 * <p><b>Shape.</b> Either slices, or problems with the request as a whole and no slices.
 */
public record EventBatch(List<EventSlice> slices, List<Problem> problems) {
  public EventBatch {
    slices = List.copyOf(slices);
    problems = List.copyOf(problems);
  }

  static EventBatch of(List<EventSlice> slices) {
    return new EventBatch(slices, List.of());
  }

  static EventBatch refused(EventProblems problems) {
    return new EventBatch(List.of(), problems.list());
  }
}
