package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.pattern.StepDefinition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many events a step takes: {@code 3}, {@code 3..} or {@code 2..5}, both ends included.
 *
 * <p><b>Units and bounds.</b> Up to {@value #MOST}; a least of 0 makes a step optional.
 */
record TimesValue() implements ValueType {
  static final int MOST = 1_000;

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(\\.\\.([0-9]{1,9})?)?");

  @Override
  public String noun() {
    return "a number of events";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.of(
          Complaint.badValue(
              "expected a number of events, found " + Quote.of(text),
              "write it like 3, 3.. (three or more) or 2..5"));
    }
    int least = least(text);
    int most = most(text);
    if (most < least || most == 0) {
      return Optional.of(
          Complaint.badValue(
              Quote.of(text) + " can never be reached",
              most == 0 ? "leave the step out" : "write " + most + ".." + least));
    }
    if (least > MOST || (most > MOST && most != StepDefinition.UNBOUNDED)) {
      return Optional.of(
          Complaint.badValue(
              Quote.of(text) + " is more than " + MOST + " events",
              "count so many with a feature: {count: true, over: …}"));
    }
    return Optional.empty();
  }

  /** The least number of a checked text. */
  static int least(String text) {
    return Integer.parseInt(matched(text).group(1));
  }

  /** The greatest number of a checked text. */
  static int most(String text) {
    Matcher matcher = matched(text);
    if (matcher.group(2) == null) {
      return least(text);
    }
    return matcher.group(3) == null ? StepDefinition.UNBOUNDED : Integer.parseInt(matcher.group(3));
  }

  private static Matcher matched(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("times: got '" + text + "'");
    }
    return matcher;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.withArray("type").add("string").add("integer");
    return schema
        .put("pattern", "^[0-9]{1,4}([.][.]([0-9]{1,4})?)?$")
        .put("minimum", 1)
        .put("maximum", MOST);
  }
}
