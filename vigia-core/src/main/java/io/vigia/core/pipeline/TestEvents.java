package io.vigia.core.pipeline;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Identity;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListChange.Kind;
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

  /**
   * What comes next in a test: an event, changes of lists, or the time up to which nothing more
   * comes.
   *
   * @param event null where lists change or time passes
   */
  public record Moment(@Nullable Event event, List<ListChange> changes, long untilMs) {
    public Moment {
      changes = List.copyOf(changes);
    }
  }

  /** What happens in a test that has been checked, in its order. */
  public List<Moment> of(TestDefinition test) {
    List<Moment> moments = new ArrayList<>();
    int events = 0;
    long now = START_MS;
    for (TestDefinition.Given given : test.given()) {
      if (given.isPause()) {
        now += given.waitMs();
        moments.add(new Moment(null, List.of(), now));
        continue;
      }
      if (given.isEdit()) {
        Long at = given.atMs();
        now = at == null ? now : Math.max(now, START_MS + at);
        moments.add(new Moment(null, changes(given.edits(), now), now));
        continue;
      }
      StreamSchema stream = Objects.requireNonNull(pipeline.stream(given.stream().value()));
      for (int n = 1; n <= given.times(); n++) {
        Event event = event(stream, given, n, ++events, now);
        now = Math.max(now, event.timeMs());
        moments.add(new Moment(event, List.of(), now));
      }
    }
    return moments;
  }

  private List<ListChange> changes(List<TestDefinition.ListEdit> edits, long now) {
    List<ListChange> changes = new ArrayList<>();
    for (TestDefinition.ListEdit edit : edits) {
      String name = edit.list().value();
      FieldType type = pipeline.list(name).of();
      Kind kind = edit.adds() ? Kind.ADDED : Kind.REMOVED;
      long until = edit.forMs() == 0 ? ListChange.FOR_EVER : now + edit.forMs();
      for (Text value : edit.values()) {
        Object parsed = Objects.requireNonNull(TextValue.parse(type, value.value()));
        changes.add(new ListChange(name, parsed, kind, now, until, ""));
      }
    }
    return changes;
  }

  /**
   * @param now the latest time of the test so far: an event with an older time arrives then
   */
  private static Event event(
      StreamSchema stream, TestDefinition.Given given, int n, int ordinal, long now) {
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
        Math.max(now, time),
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
