package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Identity;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Makes events by seed for any pipeline: hot keys, ties, gaps, missing values and awkward numbers,
 * and on request disorder, repetitions and forgeries.
 *
 * <p><b>Shape.</b> Texts are the field's name and a small number ({@code card0}, {@code card1}), so
 * that events meet. Ids are different for every event of a list ({@code e0}, {@code e1}); an
 * optional field is missing now and then. Immutable; each setting gives another one.
 *
 * <p><b>Units and bounds.</b> Times begin at 1000 seconds after 1970 and grow by about {@code step}
 * an event, now and then by a hundred of them.
 */
public final class RandomEvents {
  private static final long START_MS = 1_000_000;
  private static final double[] AWKWARD = {0.1, 1e16, -1e16, 3e-9, -0.0, 1e-300, 1e300, -1e300};

  private final CompiledPipeline pipeline;
  private final long startMs;
  private final long stepMs;
  private final long disorderMs;
  private final int repeats;
  private final int conflicts;

  private RandomEvents(
      CompiledPipeline pipeline,
      long startMs,
      long stepMs,
      long disorderMs,
      int repeats,
      int conflicts) {
    this.pipeline = pipeline;
    this.startMs = startMs;
    this.stepMs = stepMs;
    this.disorderMs = disorderMs;
    this.repeats = repeats;
    this.conflicts = conflicts;
  }

  /** Events in the order of their time, each once, 6 ms apart. */
  public static RandomEvents of(CompiledPipeline pipeline) {
    return new RandomEvents(pipeline, START_MS, 6, 0, 0, 0);
  }

  /** Times begin here, in epoch milliseconds. */
  public RandomEvents from(long epochMs) {
    return new RandomEvents(pipeline, epochMs, stepMs, disorderMs, repeats, conflicts);
  }

  /** How far events are apart on average. */
  public RandomEvents step(Duration step) {
    return new RandomEvents(pipeline, startMs, step.toMillis(), disorderMs, repeats, conflicts);
  }

  /** A quarter of the events is late, by at most this much behind the newest. */
  public RandomEvents disorder(Duration most) {
    return new RandomEvents(pipeline, startMs, stepMs, most.toMillis(), repeats, conflicts);
  }

  /** One event in {@code oneIn} is an earlier one, unchanged. */
  public RandomEvents repeats(int oneIn) {
    return new RandomEvents(pipeline, startMs, stepMs, disorderMs, oneIn, conflicts);
  }

  /** One event in {@code oneIn} has the key and id of an earlier one and other values. */
  public RandomEvents conflicts(int oneIn) {
    return new RandomEvents(pipeline, startMs, stepMs, disorderMs, repeats, oneIn);
  }

  /** The next events, in the order of their arrival. */
  public List<Event> events(Random random, int count) {
    List<Event> events = new ArrayList<>();
    long time = startMs;
    for (int i = 0; i < count; i++) {
      if (!events.isEmpty() && repeats > 0 && random.nextInt(repeats) == 0) {
        events.add(events.get(random.nextInt(events.size())));
      } else if (!events.isEmpty() && conflicts > 0 && random.nextInt(conflicts) == 0) {
        events.add(forged(events.get(random.nextInt(events.size())), random, i));
      } else {
        time += next(random);
        long late = disorderMs > 0 && random.nextInt(4) == 0 ? below(random, disorderMs + 1) : 0;
        List<StreamSchema> streams = pipeline.streams();
        events.add(event(streams.get(random.nextInt(streams.size())), random, i, time - late));
      }
    }
    return events;
  }

  private long next(Random random) {
    return random.nextInt(20) == 0 ? below(random, stepMs * 100) : below(random, stepMs * 2);
  }

  private static long below(Random random, long bound) {
    return bound <= 0 ? 0 : Math.floorMod(random.nextLong(), bound);
  }

  private static Event event(StreamSchema stream, Random random, int ordinal, long timeMs) {
    Slots values = values(stream, random, ordinal, timeMs);
    return eventOf(stream, values, Identity.join("random", "" + ordinal), timeMs, ordinal);
  }

  private static Event eventOf(
      StreamSchema stream, Slots values, String envelopeId, long timeMs, int ordinal) {
    return new Event(
        stream,
        Objects.requireNonNull(stream.idOf(values, envelopeId)),
        Objects.requireNonNull(stream.keyOf(values)),
        timeMs,
        values,
        timeMs,
        0,
        ordinal);
  }

  /** Everything but what makes the event itself is made anew. */
  private static Event forged(Event original, Random random, int ordinal) {
    StreamSchema stream = original.stream();
    Slots values = values(stream, random, ordinal, original.timeMs());
    Set<String> kept = namesOf(stream);
    for (int field = 0; field < stream.size(); field++) {
      if (kept.contains(stream.field(field).name().value()) || field == stream.timeField()) {
        values.copyFrom(original.values(), field, field);
      }
    }
    String envelope =
        stream.definition().id().kind() == IdDefinition.Kind.FIELDS ? "" : original.id();
    return eventOf(stream, values, envelope, original.timeMs(), ordinal);
  }

  /** The fields of the id and the key. */
  private static Set<String> namesOf(StreamSchema stream) {
    Set<String> names = new HashSet<>();
    for (Text field : stream.definition().id().fields()) {
      names.add(field.value());
    }
    for (Text field : stream.definition().key()) {
      names.add(field.value());
    }
    return names;
  }

  private static Slots values(StreamSchema stream, Random random, int ordinal, long timeMs) {
    Slots values = new Slots(stream.size());
    Set<String> ids = new HashSet<>();
    stream.definition().id().fields().forEach(field -> ids.add(field.value()));
    for (int field = 0; field < stream.size(); field++) {
      FieldDefinition definition = stream.field(field);
      if (field == stream.timeField()) {
        values.setNumber(field, timeMs);
      } else if (ids.contains(definition.name().value())) {
        setId(values, field, definition.type(), ordinal);
      } else if (!definition.optional() || random.nextInt(5) > 0) {
        set(values, field, definition, random, timeMs);
      }
    }
    return values;
  }

  private static void setId(Slots values, int field, FieldType type, int ordinal) {
    switch (type) {
      case STRING -> values.setObject(field, "e" + ordinal);
      case DECIMAL -> values.setObject(field, BigDecimal.valueOf(ordinal));
      case DOUBLE -> values.setReal(field, ordinal);
      case INT, TIMESTAMP, BOOL -> values.setNumber(field, ordinal);
    }
  }

  private static void set(
      Slots values, int field, FieldDefinition definition, Random random, long timeMs) {
    switch (definition.type()) {
      case STRING -> values.setObject(field, definition.name().value() + skewed(random));
      case DECIMAL ->
          values.setObject(
              field, BigDecimal.valueOf(random.nextInt(2_000) - 1_000, random.nextInt(4)));
      case DOUBLE ->
          values.setReal(
              field,
              random.nextBoolean() ? random.nextDouble() : AWKWARD[random.nextInt(AWKWARD.length)]);
      case INT -> values.setNumber(field, random.nextInt(11) - 5);
      case TIMESTAMP -> values.setNumber(field, timeMs - random.nextInt(200));
      case BOOL -> values.setNumber(field, random.nextInt(2));
    }
  }

  private static int skewed(Random random) {
    return random.nextInt(3) > 0 ? 0 : random.nextInt(4);
  }
}
