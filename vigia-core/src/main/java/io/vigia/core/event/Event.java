package io.vigia.core.event;

/**
 * One immutable fact: which stream, its id and key, its time, its values.
 *
 * <p><b>Shape.</b> {@code values} has the stream's fields by position and is not written to any
 * more.
 *
 * <p><b>Units and bounds.</b> {@code timeMs} is event time, {@code appendMs} the time at which the
 * record was appended to the log, both epoch milliseconds; {@code partition} and {@code offset} are
 * the event's position there (0 and the ordinal number in a replay of files).
 */
public record Event(
    StreamSchema stream,
    String id,
    String key,
    long timeMs,
    Slots values,
    long appendMs,
    int partition,
    long offset) {

  /** A hash of the values by which the same id with other content is noticed. */
  public long contentHash() {
    return Identity.contentHash(stream, values);
  }
}
