package io.vigia.core.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All features that read one stretch of a log.
 *
 * @param layer when its features are read: after those that they read
 * @param oldest where the window would stand at the oldest time that an event may still come at, if
 *     only that says what must be kept
 * @param before the features that leave the current event out
 * @param after all others
 */
record Window(
    int layer,
    int log,
    Span span,
    long delayMs,
    Stretch stretch,
    @Nullable Stretch oldest,
    List<Reading> before,
    List<Reading> after) {

  /** A feature's aggregate and where it writes. */
  record Reading(WindowAggregate aggregate, int slot, boolean excludeCurrent) {}

  static Window of(
      Cells.Plan cells, int layer, int log, Span span, long delayMs, List<Reading> readings) {
    return new Window(
        layer,
        log,
        span,
        delayMs,
        new Stretch(cells, span, readings.stream().map(Reading::aggregate).toList()),
        span.isOfFixedLength() ? null : new Stretch(cells, span, List.of()),
        readings.stream().filter(Reading::excludeCurrent).toList(),
        readings.stream().filter(reading -> !reading.excludeCurrent()).toList());
  }
}
