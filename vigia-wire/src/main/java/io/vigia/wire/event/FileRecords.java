package io.vigia.wire.event;

import io.vigia.core.problem.Problems;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of one file of events. Mutable, owned by one thread. */
sealed interface FileRecords extends Closeable permits CsvFile, NdjsonFile {

  /** Reads what stands in front of the records; false when the file as a whole is no good. */
  boolean open(Problems into) throws IOException;

  /** Moves on to the next record; false at the end of the file. */
  boolean next() throws IOException;

  /** The line at which the current record begins. */
  int line();

  /**
   * The current record as an event.
   *
   * @return null when there are problems, which are then in {@code into}
   */
  @Nullable FileEvent event(long arrivalMs, long ordinal, Problems into);
}
