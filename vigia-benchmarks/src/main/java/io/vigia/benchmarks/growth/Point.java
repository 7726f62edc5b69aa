package io.vigia.benchmarks.growth;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;

/**
 * One point of a curve.
 *
 * <p><b>Shape.</b> {@code kind} is what grows and {@code size} how far: {@code rules} that fire for
 * a hundredth of events together, {@code rules-each} for a hundredth each; {@code keys}, with two
 * payments of each in the window; {@code window} in minutes, with sixty payments of each of a
 * thousand keys in it; {@code hot}, the payments of a single key in its window of 30 days.
 */
record Point(String kind, int size, boolean byHand) {
  private static final long MINUTE_MS = 60_000;
  private static final long DAY_MS = 24 * 60 * MINUTE_MS;
  private static final int CARDS = 5_000;
  private static final int WINDOW_KEYS = 1_000;
  private static final int EVENTS_A_DAY = 9_600;
  private static final int CONTENT = 60;
  private static final double SHARE = 0.01;

  /** An engine and its events; {@code fill} of them come before any that is measured. */
  record Run(CompiledPipeline pipeline, Engine engine, GrowthEvents events, long fill) {}

  /** How many keys there are. */
  int keys() {
    return switch (kind) {
      case "keys" -> size;
      case "window" -> WINDOW_KEYS;
      case "hot" -> 1;
      default -> CARDS;
    };
  }

  /** Whether the other point is about the same events and the same pipeline. */
  boolean isSameTask(Point other) {
    return kind.equals(other.kind) && size == other.size;
  }

  /** For people: {@code 1000 rules}. */
  String label() {
    String what =
        switch (kind) {
          case "rules" -> size + " rules";
          case "rules-each" -> size + " rules, 1% each";
          case "keys" -> size + " keys";
          case "window" -> size + " m window";
          default -> size + " in a hot key";
        };
    return byHand ? what + ", by hand" : what;
  }

  Run open() {
    return switch (kind) {
      case "rules" -> ofRules(SHARE / size);
      case "rules-each" -> ofRules(SHARE);
      case "keys" -> ofWindow("30d", 30 * DAY_MS, size, 15.0 * DAY_MS, size);
      case "window" ->
          ofWindow(
              size + "m",
              size * MINUTE_MS,
              WINDOW_KEYS,
              size * MINUTE_MS / (double) CONTENT,
              61_000);
      case "hot" -> ofWindow("30d", 30 * DAY_MS, 1, 30.0 * DAY_MS / size, size);
      default -> throw new IllegalArgumentException("point: got " + kind);
    };
  }

  private Run ofRules(double share) {
    CompiledPipeline pipeline = GrowthPipeline.rules(size, share);
    double everyMs = DAY_MS / (double) EVENTS_A_DAY * CARDS;
    return new Run(
        pipeline,
        new VigiaEngine(pipeline),
        new GrowthEvents(stream(pipeline), CARDS, everyMs),
        4L * CARDS);
  }

  private Run ofWindow(String over, long overMs, int keys, double everyMs, long fill) {
    CompiledPipeline pipeline = GrowthPipeline.window(over);
    Engine engine = byHand ? new HandCodedEngine(overMs) : new VigiaEngine(pipeline);
    return new Run(pipeline, engine, new GrowthEvents(stream(pipeline), keys, everyMs), fill);
  }

  private static StreamSchema stream(CompiledPipeline pipeline) {
    return pipeline.streams().get(0);
  }
}
