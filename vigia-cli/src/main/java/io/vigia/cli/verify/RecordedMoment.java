package io.vigia.cli.verify;

import java.util.Map;

/**
 * When it was that a decision was made: nothing of it is compared.
 *
 * <p><b>Units and bounds.</b> Epoch milliseconds; {@link #NEVER} where it is not told.
 *
 * @param timeMs the event's own time
 * @param arrivedMs when the log took the event
 * @param passed by the name of a stage: how far event time had come there
 */
public record RecordedMoment(long timeMs, long arrivedMs, Map<String, Long> passed) {
  /** Where it is not told. */
  public static final long NEVER = Long.MIN_VALUE;

  static final RecordedMoment UNKNOWN = new RecordedMoment(NEVER, NEVER, Map.of());

  public RecordedMoment {
    passed = Map.copyOf(passed);
  }
}
