package io.vigia.core.pipeline;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Identity;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.problem.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events that a test gives, in the order in which they arrive.
 *
 * <p><b>Shape.</b> Virtual time begins at 2026-01-01T00:00:00Z. Where a stream takes its ids from
 * an envelope, the n-th event of the test has the id {@code test:n}.
 */
public final class TestEvents {
  /** Counts the events of one {@code times}, from 1. */
  static final String COUNTER = "{{n}}";

  private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final CompiledPipeline pipeline;

  public TestEvents(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** The events of a test that has been checked. */
  public List<Event> of(TestDefinition test) {
    List<Event> events = new ArrayList<>();
    for (TestDefinition.Given given : test.given()) {
      StreamSchema stream = Objects.requireNonNull(pipeline.stream(given.stream().value()));
      for (int n = 1; n <= given.times(); n++) {
        events.add(event(stream, given, n, events.size() + 1));
      }
    }
    return events;
  }

  private static Event event(StreamSchema stream, TestDefinition.Given given, int n, int ordinal) {
    Slots values = new Slots(stream.size());
    given
        .fields()
        .forEach(
            (name, value) -> {
              if (value.text() != null) {
                int field = stream.position(name);
                TextValue.set(values, field, parsed(stream.type(field), value, n));
              }
            });
    Long at = given.atMs();
    long time = START_MS + (at == null ? 0 : at) + (n - 1) * given.everyMs();
    int timeField = stream.timeField();
    if (timeField >= 0 && values.has(timeField)) {
      time = values.number(timeField);
    } else if (timeField >= 0) {
      values.setNumber(timeField, time);
    }
    String id = stream.idOf(values, Identity.join("test", Integer.toString(ordinal)));
    String key = stream.keyOf(values);
    return new Event(
        stream,
        Objects.requireNonNull(id),
        Objects.requireNonNull(key),
        time,
        values,
        time,
        0,
        ordinal);
  }

  private static Object parsed(FieldType type, TestDefinition.Value value, int n) {
    Object parsed = valueOf(type, Objects.requireNonNull(value.text()), n);
    if (parsed == null) {
      throw new IllegalArgumentException(
          "test value " + value.name() + ": got '" + value.text() + "' with n = " + n);
    }
    return parsed;
  }

  /**
   * The value of a text in the n-th event of one {@code times}; null when it is not of the type.
   */
  static @Nullable Object valueOf(FieldType type, Text text, int n) {
    return TextValue.parse(type, text.value().replace(COUNTER, Integer.toString(n)));
  }
}
