package io.vigia.wire.event;

import io.vigia.core.event.Identity;
import io.vigia.core.problem.Problems;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event besides its data: the attributes of a CloudEvent, or the line of a
 * file.
 *
 * <p><b>Shape.</b> All null in {@link #NONE}. Source and event id stand together or not at all. On
 * Kafka they are the headers {@code ce_source}, {@code ce_id}, {@code ce_type} and {@code ce_time}.
 *
 * <p><b>Units and bounds.</b> {@code timeMs} epoch milliseconds.
 */
public record Envelope(
    @Nullable String source,
    @Nullable String eventId,
    @Nullable String type,
    @Nullable Long timeMs) {

  /** Nothing besides the data. */
  public static final Envelope NONE = new Envelope(null, null, null, null);

  /** The only version of CloudEvents there is. */
  public static final String SPEC_VERSION = "1.0";

  /** The type of the CloudEvent that a line of a file is sent as. */
  public static final String LINE_TYPE = "io.vigia.line";

  /** The line of a file, whose name has no folders; {@code id()} is {@code 2011-01.csv.gz:2}. */
  public static Envelope ofLine(String fileName, int line) {
    return new Envelope(fileName, Integer.toString(line), LINE_TYPE, null);
  }

  /** The id for a stream that takes it from the envelope, or null. */
  public @Nullable String id() {
    return source == null || eventId == null ? null : Identity.join(source, eventId);
  }

  /**
   * The envelope of a CloudEvent in binary mode, whose attributes come as headers.
   *
   * <p><b>Errors.</b> Where none of the attributes is there, {@link #NONE}. Where some are, all
   * that CloudEvents requires must be, in version 1.0, and the time in RFC 3339: problems
   * otherwise, and null.
   */
  public static @Nullable Envelope ofAttributes(
      @Nullable String specVersion,
      @Nullable String source,
      @Nullable String eventId,
      @Nullable String type,
      @Nullable String time,
      String stream,
      Problems into) {
    if (specVersion == null && source == null && eventId == null && type == null && time == null) {
      return NONE;
    }
    EventProblems problems = new EventProblems(into, EventDecoder.placeOf(stream), 0);
    return checked(specVersion, source, eventId, type, time, problems);
  }

  static @Nullable Envelope checked(
      @Nullable String specVersion,
      @Nullable String source,
      @Nullable String eventId,
      @Nullable String type,
      @Nullable String time,
      EventProblems problems) {
    boolean good = required("specversion", specVersion, problems);
    good &= required("id", eventId, problems);
    good &= required("source", source, problems);
    good &= required("type", type, problems);
    if (specVersion != null && !specVersion.isEmpty() && !specVersion.equals(SPEC_VERSION)) {
      problems.attribute("specversion", "found " + Quoted.of(specVersion), "\"1.0\"");
      good = false;
    }
    Long timeMs = null;
    if (time != null) {
      OptionalLong parsed = IsoTime.parse(time);
      if (parsed.isPresent()) {
        timeMs = parsed.getAsLong();
      } else {
        good = false;
        problems.attribute(
            "time", "found " + Quoted.of(time), "a time such as 2026-01-31T08:30:00Z");
      }
    }
    return good ? new Envelope(source, eventId, type, timeMs) : null;
  }

  private static boolean required(
      String attribute, @Nullable String value, EventProblems problems) {
    if (value != null && !value.isEmpty()) {
      return true;
    }
    problems.attribute(attribute, value == null ? "missing" : "found \"\"", "a non-empty string");
    return false;
  }
}
