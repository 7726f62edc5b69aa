package io.vigia.wire.pipeline;

import io.vigia.core.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** A schedule must leave some time of the day, and its ends must be a beginning and an end. */
final class ScheduleConstraint implements Constraint {
  private static final TimeOfDayValue TIME = new TimeOfDayValue();
  private static final String END = "24:00";

  @Override
  public void check(YamlNode.Mapping mapping, String title, FormReport report) {
    String from = mapping.text("from");
    String to = mapping.text("to");
    if (isWrong(from) || isWrong(to)) {
      return;
    }
    String begins = from == null ? "00:00" : from;
    YamlNode.Entry place = mapping.entry(from == null ? "to" : "from");
    if (place != null && (begins.equals(END) || begins.equals(to == null ? END : to))) {
      report.add(
          ProblemCode.BAD_VALUE,
          place.value().start(),
          title + " leaves no time: from " + begins + " to " + (to == null ? END : to),
          "for the whole day leave from and to out");
    }
  }

  private static boolean isWrong(@Nullable String time) {
    return time != null && TIME.complaint(time).isPresent();
  }
}
