package io.vigia.wire.decision;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.core.decision.Decision;
import io.vigia.core.decision.Decision.Fired;
import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.wire.event.IsoTime;
import io.vigia.wire.event.JsonBytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes decisions as JSON: the same bytes for the same decision, wherever it was made.
 *
 * <p><b>Shape.</b> One line, the names always in this order:
 *
 * <pre>
 * {"id":"…32 hex…","pipeline":"card-fraud","version":12,"stream":"payments","key":"c1","event_id":"p9",
 *  "time":"2026-01-01T00:02:00Z","outcome":"block","score":95,"rules":["testing"],"reasons":["4 payments"],
 *  "features":{"card_count_5m":4,"card_last":{"country":"PT"},"card_mean_1h":null},
 *  "shadow":["shared_device"],"unknown":[{"rule":"x","because":"event.device is missing"}],"coarse":["card_spend_30d"],"late":true,
 *  "event":{"payment_id":"p9","amount":900},"position":{"partition":0,"offset":17}}
 * </pre>
 *
 * <p>{@code reasons} runs beside {@code rules}. {@code shadow}, {@code unknown}, {@code near},
 * {@code resolves}, {@code coarse}, {@code late} and {@code given_up} stand only where there is
 * something to say; {@code event} has the declared names of the fields that are present. Ints and
 * decimals are plain numbers, decimals without trailing zeros, doubles the shortest text that reads
 * back, times ISO 8601 in UTC with milliseconds where they are not zero. Where it matters {@code
 * position} has {@code "arrived"} as well, the time at which the log took the event, and {@code
 * "passed":{"terminal":"…"}}, how far event time had come in each stage that waits for silences.
 *
 * <p><b>Units and bounds.</b> O(size). Mutable (it keeps its buffer), owned by one thread.
 */
public final class DecisionJson {
  private final boolean tellsArrival;
  private final JsonBytes bytes = new JsonBytes();
  private final char[] time = new char[IsoTime.LONGEST];

  public DecisionJson() {
    this(false);
  }

  /**
   * @param tellsArrival whether the position says when the event arrived, by which lists that
   *     change are looked up
   */
  public DecisionJson(boolean tellsArrival) {
    this.tellsArrival = tellsArrival;
  }

  /** The decision with all that belongs to it. */
  public byte[] encode(Decision decision) {
    return encode(decision, Map.of(), 0);
  }

  /**
   * The decision with all that belongs to it.
   *
   * @param passed by the name of a stage: how far event time had come there, in epoch milliseconds
   * @param givenUp how many partial matches of patterns were given up at the event
   */
  public byte[] encode(Decision decision, Map<String, Long> passed, int givenUp) {
    return bytes.write(out -> write(decision, passed, givenUp, out));
  }

  /**
   * The decision as a line of a backtest, without a line end: {@code {"event_id","stream","time",
   * "outcome","score","rules","reasons","features","version"}}, with {@code "coarse"} as above.
   */
  public byte[] encodeLine(Decision decision) {
    return bytes.write(out -> writeLine(decision, out));
  }

  private void write(Decision decision, Map<String, Long> passed, int givenUp, JsonGenerator out)
      throws IOException {
    Event event = decision.event();
    out.writeStartObject();
    out.writeStringField("id", decision.id().toString());
    out.writeStringField("pipeline", decision.pipeline());
    out.writeNumberField("version", decision.version());
    out.writeStringField("stream", event.stream().name());
    out.writeStringField("key", event.key());
    out.writeStringField("event_id", event.id());
    out.writeFieldName("time");
    writeTime(event.timeMs(), out);
    writeVerdict(decision, out);
    writeFeatures(decision.features(), out);
    if (!decision.shadow().isEmpty()) {
      writeRules("shadow", decision.shadow(), out);
    }
    if (!decision.unknown().isEmpty()) {
      out.writeArrayFieldStart("unknown");
      for (Decision.Unknown unknown : decision.unknown()) {
        out.writeStartObject();
        out.writeStringField("rule", unknown.rule());
        out.writeStringField("because", unknown.because());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    writeNear(decision.near(), out);
    writeTexts("resolves", decision.resolves(), out);
    writeTexts("coarse", decision.coarse(), out);
    if (decision.late()) {
      out.writeBooleanField("late", true);
    }
    if (givenUp > 0) {
      out.writeNumberField("given_up", givenUp);
    }
    out.writeObjectFieldStart("event");
    writeValues(event.stream(), event.values(), out);
    out.writeEndObject();
    writePosition(event, passed, out);
    out.writeEndObject();
  }

  private void writePosition(Event event, Map<String, Long> passed, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("position");
    out.writeNumberField("partition", event.partition());
    out.writeNumberField("offset", event.offset());
    if (tellsArrival) {
      out.writeFieldName("arrived");
      writeTime(event.appendMs(), out);
    }
    if (!passed.isEmpty()) {
      out.writeObjectFieldStart("passed");
      for (Map.Entry<String, Long> stage : passed.entrySet()) {
        out.writeFieldName(stage.getKey());
        writeTime(stage.getValue(), out);
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void writeTexts(String name, List<String> texts, JsonGenerator out)
      throws IOException {
    if (!texts.isEmpty()) {
      out.writeArrayFieldStart(name);
      for (String text : texts) {
        out.writeString(text);
      }
      out.writeEndArray();
    }
  }

  private void writeNear(List<Decision.NearMiss> near, JsonGenerator out) throws IOException {
    if (near.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("near");
    for (Decision.NearMiss miss : near) {
      out.writeStartObject();
      out.writeStringField("rule", miss.rule());
      out.writeStringField("comparison", miss.comparison());
      out.writeFieldName("found");
      writeValue(miss.found(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void writeLine(Decision decision, JsonGenerator out) throws IOException {
    Event event = decision.event();
    out.writeStartObject();
    out.writeStringField("event_id", event.id());
    out.writeStringField("stream", event.stream().name());
    out.writeFieldName("time");
    writeTime(event.timeMs(), out);
    writeVerdict(decision, out);
    writeFeatures(decision.features(), out);
    writeTexts("coarse", decision.coarse(), out);
    out.writeNumberField("version", decision.version());
    out.writeEndObject();
  }

  private static void writeVerdict(Decision decision, JsonGenerator out) throws IOException {
    out.writeStringField("outcome", decision.outcome());
    out.writeNumberField("score", decision.score());
    writeRules("rules", decision.rules(), out);
    out.writeArrayFieldStart("reasons");
    for (Fired fired : decision.rules()) {
      out.writeString(fired.reason());
    }
    out.writeEndArray();
  }

  private static void writeRules(String name, List<Fired> rules, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Fired fired : rules) {
      out.writeString(fired.rule());
    }
    out.writeEndArray();
  }

  private void writeFeatures(Map<String, @Nullable Object> features, JsonGenerator out)
      throws IOException {
    out.writeFieldName("features");
    writeValue(features, out);
  }

  private void writeValues(StreamSchema stream, Slots values, JsonGenerator out)
      throws IOException {
    for (int i = 0; i < stream.size(); i++) {
      if (values.has(i)) {
        out.writeFieldName(stream.field(i).name().value());
        switch (stream.type(i)) {
          case STRING, DECIMAL -> writeValue(values.object(i), out);
          case INT -> out.writeNumber(values.number(i));
          case DOUBLE -> out.writeNumber(values.real(i));
          case BOOL -> out.writeBoolean(values.number(i) != 0);
          case TIMESTAMP -> writeTime(values.number(i), out);
        }
      }
    }
  }

  private void writeValue(@Nullable Object value, JsonGenerator out) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else if (value instanceof BigDecimal decimal) {
      out.writeNumber(decimal.stripTrailingZeros());
    } else if (value instanceof Double real) {
      writeReal(real, out);
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Instant instant) {
      writeTime(instant.toEpochMilli(), out);
    } else if (value instanceof Map<?, ?> parts) {
      out.writeStartObject();
      for (Map.Entry<?, ?> part : parts.entrySet()) {
        out.writeFieldName((String) part.getKey());
        writeValue(part.getValue(), out);
      }
      out.writeEndObject();
    } else {
      throw new IllegalArgumentException(
          "a decision holds values of the types of fields: got " + value.getClass().getName());
    }
  }

  /** JSON has no infinities: what is not finite is no value. */
  private static void writeReal(double value, JsonGenerator out) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value == 0.0 ? 0.0 : value);
    } else {
      out.writeNull();
    }
  }

  private void writeTime(long epochMs, JsonGenerator out) throws IOException {
    out.writeString(time, 0, IsoTime.format(epochMs, time));
  }
}
