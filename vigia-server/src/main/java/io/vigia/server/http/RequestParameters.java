package io.vigia.server.http;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string, each read once and checked; what is wrong with them is
 * collected.
 *
 * <p><b>Errors.</b> {@link #faults} has a line for each parameter that is unknown, given twice or
 * does not parse.
 */
public final class RequestParameters {
  private final MultiMap given;
  private final List<String> faults = new ArrayList<>();

  /** Reads parameters of which {@code known} may be there. */
  public RequestParameters(MultiMap given, Set<String> known) {
    this.given = given;
    for (String name : given.names()) {
      if (!known.contains(name)) {
        faults.add(
            "unknown parameter '%s', expected %s"
                .formatted(Shown.text(name), String.join(", ", new TreeSet<>(known))));
      } else if (given.getAll(name).size() > 1) {
        faults.add("parameter '%s' is given more than once".formatted(name));
      }
    }
  }

  /** A text, or null where it is missing or empty. */
  public @Nullable String text(String name) {
    String value = given.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** A moment as ISO 8601 with an offset, or null. */
  public @Nullable Instant instant(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      // A plus in a query string arrives as a blank.
      return java.time.OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
    } catch (DateTimeParseException e) {
      faults.add(
          "parameter '%s': expected a time such as 2026-01-31T12:00:00Z, got '%s'"
              .formatted(name, Shown.text(value)));
      return null;
    }
  }

  /** A whole number within bounds, {@code otherwise} where it is missing. */
  public int number(String name, int least, int most, int otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    faults.add(
        "parameter '%s': expected a number from %d to %d, got '%s'"
            .formatted(name, least, most, Shown.text(value)));
    return otherwise;
  }

  /** Adds what a caller found. */
  public void fault(String text) {
    faults.add(text);
  }

  /** What is wrong with the parameters; empty when nothing is. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}
