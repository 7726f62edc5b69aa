package io.vigia.core.replay;

import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Makes events by seed: hot keys, ties, gaps, disorder, repetitions and missing values. */
final class RandomEvents {
  private RandomEvents() {}

  /**
   * @param disorderMs how far an event may lie behind the newest one
   * @param repeats whether some events come twice
   */
  static List<Event> of(
      CompiledPipeline pipeline, Random random, int count, long disorderMs, boolean repeats) {
    List<Event> events = new ArrayList<>();
    long time = 1_000_000;
    for (int i = 0; i < count; i++) {
      if (repeats && !events.isEmpty() && random.nextInt(25) == 0) {
        events.add(events.get(random.nextInt(events.size())));
        continue;
      }
      time += random.nextInt(20) == 0 ? random.nextInt(600) : random.nextInt(12);
      long at =
          disorderMs > 0 && random.nextInt(4) == 0 ? time - nextLong(random, disorderMs) : time;
      StreamSchema stream = pipeline.streams().get(random.nextInt(2));
      events.add(event(stream, random, i, at));
    }
    return events;
  }

  private static long nextLong(Random random, long bound) {
    return random.nextInt((int) bound + 1);
  }

  private static Event event(StreamSchema stream, Random random, int i, long time) {
    Slots values = new Slots(stream.size());
    values.setObject(stream.position("id"), "e" + i);
    values.setNumber(stream.position("t"), time);
    if (stream.find("card") >= 0) {
      values.setObject(stream.position("card"), "c" + skewed(random));
    }
    if (stream.name().equals("b") || random.nextInt(6) > 0) {
      values.setObject(stream.position("shop"), "s" + skewed(random));
    }
    values.setNumber(stream.position("i"), random.nextInt(11) - 5);
    if (random.nextInt(5) > 0) {
      double[] awkward = {0.1, 1e16, -1e16, 3e-9, random.nextDouble(), -0.0, 1e-300};
      values.setReal(stream.position("d"), awkward[random.nextInt(awkward.length)]);
    }
    if (random.nextInt(5) > 0) {
      values.setObject(
          stream.position("m"),
          BigDecimal.valueOf(random.nextInt(2_000) - 1_000, random.nextInt(4)));
    }
    if (random.nextInt(5) > 0) {
      values.setObject(stream.position("s"), String.valueOf((char) ('w' + random.nextInt(4))));
    }
    return new Event(
        stream,
        Objects.requireNonNull(stream.idOf(values, null)),
        Objects.requireNonNull(stream.keyOf(values)),
        time,
        values,
        time,
        0,
        i);
  }

  private static int skewed(Random random) {
    return random.nextInt(3) > 0 ? 0 : random.nextInt(4);
  }
}
