package io.vigia.benchmarks.kernel;

import io.vigia.core.event.Event;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to judge a row of events, with all that it remembers of them.
 *
 * <p><b>Shape.</b> {@link #judge} is timed and gives whatever this way gives; {@link #text} and
 * {@link #features} are not timed and say it in one form for all, so that ways can be compared.
 */
interface Judge extends AutoCloseable {
  /** Judges the next event; what is returned is not changed any more. */
  Object judge(Event event);

  /** All that was judged, as a text that is the same for equal judgements. */
  String text(Object judgement);

  /** The features of the event that was judged last, by name. */
  Map<String, @Nullable Object> features();

  @Override
  default void close() {}
}
