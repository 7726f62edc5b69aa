package io.vigia.wire.pipeline;

import io.vigia.core.event.FieldType;
import io.vigia.core.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * How {@code type}, {@code format} and {@code zone} of a field go together: the latter two are for
 * timestamps, a pattern without offset needs a zone, counted time has none.
 */
final class TimeConstraint implements Constraint {
  private static final TimePatternValue PATTERN = new TimePatternValue();

  @Override
  public void check(YamlNode.Mapping mapping, String title, FormReport report) {
    YamlNode.Entry format = mapping.entry("format");
    YamlNode.Entry zone = mapping.entry("zone");
    String type = mapping.text("type");
    if (type != null && isOtherThanTimestamp(type)) {
      forTimestampsOnly(format, type, title, report);
      forTimestampsOnly(zone, type, title, report);
      return;
    }
    String pattern = mapping.text("format");
    if (format == null || pattern == null || PATTERN.complaint(pattern).isPresent()) {
      return;
    }
    if (zone != null && TimePatternValue.isEpoch(pattern)) {
      report.add(
          ProblemCode.CONFLICTING_WORDS,
          zone.key().start(),
          "a zone says nothing about " + pattern + ", which counts from 1970 in UTC",
          "remove zone");
    } else if (zone == null && mapping.complete() && !TimePatternValue.hasOffset(pattern)) {
      report.add(
          ProblemCode.MISSING_WORD,
          format.value().start(),
          "the format of " + title + " has no offset, so it needs a zone",
          "add where these times were written, for example zone: Europe/Madrid");
    }
  }

  private static boolean isOtherThanTimestamp(String type) {
    return FieldTypeValue.ofField().complaint(type).isEmpty()
        && FieldTypeValue.type(type) != FieldType.TIMESTAMP;
  }

  private static void forTimestampsOnly(
      YamlNode.@Nullable Entry entry, String type, String title, FormReport report) {
    if (entry != null) {
      report.add(
          ProblemCode.CONFLICTING_WORDS,
          entry.key().start(),
          "'" + entry.key().value() + "' is for timestamps, " + title + " is of type " + type,
          "remove it, or write type: timestamp");
    }
  }
}
