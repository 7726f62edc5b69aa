package io.vigia.benchmarks.growth;

import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;

/**
 * The kernel's binary form, without the ids that {@code dedupe} keeps: bytes a key, and bytes an
 * event of a count and a mean of decimals over 30 days.
 */
record StateBytes(double perKey, double perEvent) {
  private static final int KEYS = 1_000;
  private static final int FEW = 10;
  private static final int MANY = 110;
  private static final double HOUR_MS = 3_600_000;

  static StateBytes measure() {
    double few = bytesOf(FEW);
    double perEvent = (bytesOf(MANY) - few) / (MANY - FEW);
    return new StateBytes(few - FEW * perEvent, perEvent);
  }

  /** The bytes of a key with so many events, on average. */
  private static double bytesOf(int events) {
    CompiledPipeline pipeline = GrowthPipeline.merchants();
    VigiaEngine engine = new VigiaEngine(pipeline);
    GrowthEvents source = new GrowthEvents(pipeline.streams().get(0), KEYS, HOUR_MS);
    for (int i = 0; i < events * KEYS; i++) {
      Event event = source.next();
      // One merchant for each card, so that every merchant has as many events.
      event.values().setObject(3, event.key());
      engine.judge(event);
    }
    return engine.stateBytes() / (double) KEYS;
  }
}
