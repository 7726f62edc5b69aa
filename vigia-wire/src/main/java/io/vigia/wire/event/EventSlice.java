package io.vigia.wire.event;

import io.vigia.core.problem.Problem;
import java.util.List;

/**
 * One event of a request: where its data stands in the bytes, and what is known besides.
 *
 * <p><b>Shape.</b> {@code index} counts the events of the request from 0. The data is anything that
 * may be one JSON value, not yet checked; the {@link EventDecoder} is for that. {@code problems} is
 * empty, or says why there is no data to decode.
 */
public record EventSlice(
    int index, byte[] bytes, int from, int length, Envelope envelope, List<Problem> problems) {
  public EventSlice {
    problems = List.copyOf(problems);
  }

  static EventSlice of(int index, byte[] bytes, int from, int to, Envelope envelope) {
    return new EventSlice(index, bytes, from, to - from, envelope, List.of());
  }

  static EventSlice refused(int index, List<Problem> problems) {
    return new EventSlice(index, new byte[0], 0, 0, Envelope.NONE, problems);
  }
}
