package io.vigia.wire.pipeline;

import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.TimeFormat;
import io.vigia.core.problem.Text;
import io.vigia.wire.pipeline.Form.Named;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the definition of a stream. */
final class StreamBuilder {
  private StreamBuilder() {}

  static StreamDefinition build(Named stream) {
    Form form = stream.form();
    Text topic = form.textOrNull("topic");
    return new StreamDefinition(
        stream.name(),
        id(form),
        form.textOrNull("time"),
        form.texts("key"),
        topic == null ? null : topic.value(),
        form.ms("dedupe", StreamDefinition.DEFAULT_DEDUPE_MS),
        form.ms("out_of_order", StreamDefinition.DEFAULT_OUT_OF_ORDER_MS),
        form.ms("max_age", Long.MAX_VALUE),
        form.ms("max_ahead", Long.MAX_VALUE),
        form.whole("max_events", StreamDefinition.DEFAULT_MAX_EVENTS),
        form.form("fields").named().stream().map(StreamBuilder::field).toList(),
        decide(form));
  }

  private static IdDefinition id(Form form) {
    List<Text> fields = form.texts("id");
    if (fields.isEmpty()) {
      return new IdDefinition(IdDefinition.Kind.CLOUD_EVENT, List.of());
    }
    // A field of that name is written as a list, [line].
    boolean line = !form.isList("id") && fields.get(0).value().equals("line");
    return line
        ? new IdDefinition(IdDefinition.Kind.LINE, List.of())
        : new IdDefinition(IdDefinition.Kind.FIELDS, fields);
  }

  private static DecideDefinition decide(Form form) {
    if (!form.has("decide")) {
      return DecideDefinition.DEFAULT;
    }
    Form decide = form.form("decide");
    return new DecideDefinition(
        decide.ms("deadline", DecideDefinition.DEFAULT.deadlineMs()),
        decide.textOrNull("fallback"));
  }

  private static FieldDefinition field(Named field) {
    Form form = field.form();
    Text name = field.name();
    String type =
        field.isBrief() ? Objects.requireNonNull(field.text()).value() : form.text("type").value();
    Text from = form.textOrNull("from");
    return new FieldDefinition(
        name,
        FieldTypeValue.type(type),
        FieldTypeValue.isOptional(type) || form.flag("optional"),
        from == null ? name.value() : from.value(),
        format(form));
  }

  private static @Nullable TimeFormat format(Form form) {
    Text format = form.textOrNull("format");
    Text zone = form.textOrNull("zone");
    if (format == null && zone == null) {
      return null;
    }
    return new TimeFormat(
        format == null ? TimePatternValue.ISO : format.value(),
        zone == null ? null : ZoneId.of(zone.value()));
  }
}
