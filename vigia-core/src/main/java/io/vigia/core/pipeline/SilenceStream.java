package io.vigia.core.pipeline;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Identity;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.pattern.EntityPatterns.Silence;
import io.vigia.core.pattern.Pattern;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The stream of a pattern that time completes: each of its matches is an event of its own.
 *
 * <p><b>Shape.</b> Its fields are those of the entity's key, {@code since} (the time of the match's
 * first event) and {@code last_at} (that of its last). An event's time is the time at which the
 * silence had lasted long enough; its id says pattern, key and time: {@code
 * terminal_silent:t1@2026-01-01T00:15:00Z}.
 */
final class SilenceStream {
  private static final String SINCE = "since";
  private static final String LAST_AT = "last_at";

  private final Pattern pattern;
  private final StreamSchema schema;
  private final boolean tellsItself;
  private final StreamSchema source;

  /**
   * @param source any stream of the pattern, which has the entity's fields
   */
  SilenceStream(Pattern pattern, StreamSchema source, int ordinal) {
    this.pattern = pattern;
    this.schema = new StreamSchema(definition(pattern, source), ordinal);
    this.source = source;
    this.tellsItself =
        pattern.definition().streams().size() == 1
            && names(source.definition().key()).equals(pattern.entity());
  }

  private static List<String> names(List<Text> key) {
    return key.stream().map(Text::value).toList();
  }

  private static StreamDefinition definition(Pattern pattern, StreamSchema source) {
    Text name = pattern.definition().name();
    List<FieldDefinition> fields = new ArrayList<>();
    for (Text field : pattern.definition().by()) {
      FieldType type = source.type(source.position(field.value()));
      fields.add(new FieldDefinition(field, type, false, field.value(), null));
    }
    for (String time : List.of(SINCE, LAST_AT)) {
      if (!pattern.entity().contains(time)) {
        Text text = new Text(time, name.place());
        fields.add(new FieldDefinition(text, FieldType.TIMESTAMP, false, time, null));
      }
    }
    return new StreamDefinition(
        name,
        new IdDefinition(IdDefinition.Kind.LINE, List.of()),
        null,
        pattern.definition().by(),
        null,
        0,
        0,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        fields,
        DecideDefinition.DEFAULT);
  }

  /**
   * The time up to which all events of a key have come that could break its silence, as an event of
   * the key alone tells it: where they all come through one partition in their order. {@link
   * Long#MIN_VALUE} where an event tells nothing.
   */
  long passedMs(Event event) {
    return tellsItself && event.stream().ordinal() == source.ordinal()
        ? event.timeMs() - source.definition().outOfOrderMs()
        : Long.MIN_VALUE;
  }

  Pattern pattern() {
    return pattern;
  }

  StreamSchema schema() {
    return schema;
  }

  /** The event of a match of a key. */
  Event event(String key, Silence silence) {
    Slots values = new Slots(schema.size());
    List<String> parts = Identity.parts(key);
    for (int i = 0; i < parts.size(); i++) {
      setPart(values, i, parts.get(i));
    }
    setTime(values, SINCE, silence.sinceMs());
    setTime(values, LAST_AT, silence.lastMs());
    long due = silence.dueMs();
    String id = schema.name() + ":" + Identity.readable(key) + "@" + Instant.ofEpochMilli(due);
    return new Event(
        schema, id, Objects.requireNonNull(schema.keyOf(values)), due, values, due, 0, 0);
  }

  private void setPart(Slots values, int field, String part) {
    FieldType type = schema.type(field);
    Object value =
        switch (type) {
          // A key has the milliseconds of a timestamp and all digits of a decimal.
          case TIMESTAMP -> Instant.ofEpochMilli(Long.parseLong(part));
          case DECIMAL -> new BigDecimal(part);
          case DOUBLE -> Double.valueOf(part);
          case STRING, INT, BOOL -> Objects.requireNonNull(TextValue.parse(type, part));
        };
    TextValue.set(values, field, value);
  }

  private void setTime(Slots values, String field, long timeMs) {
    int position = schema.position(field);
    if (position >= pattern.entity().size()) {
      values.setNumber(position, timeMs);
    }
  }
}
