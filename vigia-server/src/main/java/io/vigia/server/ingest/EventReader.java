package io.vigia.server.ingest;

import io.vigia.core.event.Event;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import io.vigia.wire.event.EventAge;
import io.vigia.wire.event.EventSlice;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes and checks one event of a request. */
final class EventReader {
  private final InstantSource clock;

  EventReader(InstantSource clock) {
    this.clock = clock;
  }

  /** The event, or what is wrong with it. */
  Read read(StreamEndpoint endpoint, EventSlice slice) {
    if (!slice.problems().isEmpty()) {
      return new Read(null, slice.problems());
    }
    Problems problems = new Problems();
    Event event =
        endpoint
            .decoder()
            .decodeJson(
                slice.bytes(),
                slice.from(),
                slice.length(),
                slice.envelope(),
                clock.millis(),
                0,
                0,
                problems);
    // The processor asks again with the time of the append; here the sender hears of it at once.
    return event != null && EventAge.isTaken(event, problems)
        ? new Read(event, List.of())
        : new Read(null, problems.sorted());
  }

  /** Either an event or problems. */
  record Read(@Nullable Event event, List<Problem> problems) {}
}
