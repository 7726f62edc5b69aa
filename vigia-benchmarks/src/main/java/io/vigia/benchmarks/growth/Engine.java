package io.vigia.benchmarks.growth;

import io.vigia.core.event.Event;

/** Something that judges events on this thread. */
interface Engine {
  /** Judges the next event. */
  Object judge(Event event);

  /** Whether a rule fired; not timed. */
  boolean fired(Object judgement);

  /** How many keys are remembered. */
  int keys();
}
