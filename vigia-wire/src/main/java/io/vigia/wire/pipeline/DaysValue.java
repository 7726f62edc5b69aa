package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A day of the week, or several in a row: {@code mon}, {@code mon..fri}. */
record DaysValue() implements ValueType {
  private static final List<String> WORDS =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final String DAY = "(" + String.join("|", WORDS) + ")";
  private static final String PATTERN = DAY + "(\\.\\." + DAY + ")?";

  @Override
  public String noun() {
    return "a day of the week";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    return text.matches(PATTERN)
        ? Optional.empty()
        : Optional.of(
            Complaint.badValue(
                "expected a day of the week, found " + Quote.of(text),
                "write mon, tue, wed, thu, fri, sat or sun, or several in a row: mon..fri"));
  }

  /** The days that a checked text means; {@code sat..mon} are three. */
  static Set<DayOfWeek> days(String text) {
    int first = WORDS.indexOf(text.substring(0, 3));
    int last = WORDS.indexOf(text.substring(text.length() - 3));
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (int day = first; ; day = (day + 1) % 7) {
      days.add(DayOfWeek.of(day + 1));
      if (day == last) {
        return days;
      }
    }
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", "^" + PATTERN + "$");
  }
}
