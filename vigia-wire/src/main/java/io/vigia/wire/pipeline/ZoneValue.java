package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.Nearest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A time zone: {@code Europe/Madrid}, {@code UTC}, {@code +02:00}. */
record ZoneValue() implements ValueType {
  /** Longer than any zone's name. */
  private static final int LONGEST = 64;

  @Override
  public String noun() {
    return "a time zone";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    try {
      ZoneId.of(text);
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of(
          Complaint.badValue(
              "expected a time zone, found " + Quote.of(text),
              meant(text)
                  .map(zone -> "did you mean " + zone + "?")
                  .orElse("write its name or offset, such as Europe/Madrid, UTC or +02:00")));
    }
  }

  private static Optional<String> meant(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String city = text.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> isNear(id.toLowerCase(Locale.ROOT), city))
        .min(Comparator.comparing((String id) -> id.length()).thenComparing(id -> id));
  }

  private static boolean isNear(String id, String written) {
    String place = written.substring(written.indexOf('/') + 1);
    return id.equals(written)
        || (id.contains("/") && !place.isEmpty() && id.endsWith("/" + place))
        || Nearest.of(written, List.of(id)).isPresent();
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance.objectNode().put("type", "string").put("minLength", 1);
  }
}
