package io.vigia.core.pipeline;

import io.vigia.core.event.Row;

/** Where a stage sends a row: exactly one of these is called for each row that is processed. */
public interface Emitter {
  /** On to the next stage, or to the rules. */
  void forward(Row row);

  /** The event is one that is known already: it goes no further. */
  void repeat(Row row);

  /** The event has the id of a known one and other content: it goes no further. */
  void conflict(Row row);
}
