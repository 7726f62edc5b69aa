package io.vigia.core.event;

import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;
import io.vigia.core.problem.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked stream: its fields by position, and which of them are id, time and key.
 *
 * <p><b>Shape.</b> Field positions are the slots of every {@link Event} of the stream. {@code
 * ordinal} is the stream's position in its pipeline.
 *
 * <p><b>Errors.</b> The definition must have been checked; an unknown field name throws {@link
 * IllegalArgumentException}.
 */
public final class StreamSchema {
  private final StreamDefinition definition;
  private final int ordinal;
  private final FieldType[] types;
  private final Map<String, Integer> positions = new HashMap<>();
  private final int[] idFields;
  private final int[] keyFields;
  private final int timeField;

  public StreamSchema(StreamDefinition definition, int ordinal) {
    this.definition = definition;
    this.ordinal = ordinal;
    List<FieldDefinition> fields = definition.fields();
    this.types = new FieldType[fields.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = fields.get(i).type();
      positions.put(fields.get(i).name().value(), i);
    }
    this.idFields = positions(definition.id().fields());
    this.keyFields = positions(definition.key());
    this.timeField = definition.time() == null ? -1 : position(definition.time().value());
  }

  public StreamDefinition definition() {
    return definition;
  }

  public String name() {
    return definition.name().value();
  }

  public int ordinal() {
    return ordinal;
  }

  public int size() {
    return types.length;
  }

  public FieldType type(int field) {
    return types[field];
  }

  public FieldDefinition field(int field) {
    return definition.fields().get(field);
  }

  /** The slot of a field, or -1. */
  public int find(String field) {
    return positions.getOrDefault(field, -1);
  }

  /** The slot of a field that is known to exist. */
  public int position(String field) {
    int position = find(field);
    if (position < 0) {
      throw new IllegalArgumentException("stream " + name() + ": no field " + field);
    }
    return position;
  }

  /** The slots of several fields, in their order. */
  public int[] positions(List<Text> names) {
    return names.stream().mapToInt(text -> position(text.value())).toArray();
  }

  /** The names of all fields. */
  public Set<String> fieldNames() {
    return positions.keySet();
  }

  /** The slot of the event time, or -1 where it comes from the envelope or from arrival. */
  public int timeField() {
    return timeField;
  }

  /**
   * The event's id.
   *
   * @param envelopeId source and id of a CloudEvent, or file and line, joined by {@link
   *     Identity#join}; null when the event came without
   * @return null when the stream takes its id from the envelope and there is none
   */
  public @Nullable String idOf(Slots values, @Nullable String envelopeId) {
    return definition.id().kind() == Kind.FIELDS
        ? Identity.keyOf(this, values, idFields)
        : envelopeId;
  }

  /**
   * The event's key: the text of the key field, or of several, joined. Never null in a checked
   * stream.
   */
  public @Nullable String keyOf(Slots values) {
    return Identity.keyOf(this, values, keyFields);
  }
}
