package io.vigia.benchmarks.conformance;

import io.vigia.benchmarks.conformance.TextProto.Message;
import io.vigia.core.event.FieldType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of CEL's tests as Vigia's expressions give them. */
final class CelValues {
  private static final String TIMESTAMP = "type.googleapis.com/google.protobuf.Timestamp";
  private static final String DURATION = "type.googleapis.com/google.protobuf.Duration";

  private CelValues() {}

  /** The value: a {@link List} for a list; null for what Vigia's expressions do not have. */
  static @Nullable Object of(Message value) {
    String kind = ConformanceCase.kindOf(value);
    return switch (kind) {
      case "int64_value" -> Long.valueOf(value.text(kind));
      case "double_value" -> real(value.text(kind));
      case "string_value" -> value.text(kind);
      case "bool_value" -> Boolean.valueOf(value.text(kind));
      case "object_value" -> time(Objects.requireNonNull(value.message(kind)));
      case "list_value" -> list(Objects.requireNonNull(value.message(kind)));
      default -> null;
    };
  }

  private static Double real(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.valueOf(text);
    };
  }

  private static @Nullable Object time(Message any) {
    Message timestamp = any.message(TIMESTAMP);
    if (timestamp != null) {
      return Instant.ofEpochSecond(number(timestamp, "seconds"), number(timestamp, "nanos"));
    }
    Message duration = any.message(DURATION);
    return duration == null
        ? null
        : Duration.ofSeconds(number(duration, "seconds"), number(duration, "nanos"));
  }

  private static long number(Message message, String field) {
    String text = message.text(field);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static @Nullable List<Object> list(Message list) {
    List<Object> values = new ArrayList<>();
    for (Message each : list.messages("values")) {
      Object value = of(each);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  /** The type of a variable that could hold the value, or null. */
  static @Nullable FieldType typeOf(Object value) {
    if (value instanceof Long) {
      return FieldType.INT;
    }
    if (value instanceof Double) {
      return FieldType.DOUBLE;
    }
    if (value instanceof String) {
      return FieldType.STRING;
    }
    if (value instanceof Boolean) {
      return FieldType.BOOL;
    }
    // A variable's times are whole milliseconds.
    return value instanceof Instant time && time.equals(time.truncatedTo(ChronoUnit.MILLIS))
        ? FieldType.TIMESTAMP
        : null;
  }

  /** The value as CEL writes it. */
  static String literal(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(CelValues::literal).toList().toString();
    }
    if (value instanceof String text) {
      StringBuilder quoted = new StringBuilder("\"");
      text.codePoints().forEach(c -> quoted.append(String.format("\\U%08x", c)));
      return quoted.append('"').toString();
    }
    if (value instanceof Double real && !Double.isFinite(real)) {
      return "double(\"" + real + "\")";
    }
    if (value instanceof Instant) {
      return "timestamp(\"" + value + "\")";
    }
    return value instanceof Duration duration
        ? "duration(\"" + duration.toMillis() + "ms\")"
        : value.toString();
  }
}
