package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.Optional;

/** A number above 0 and up to 100, with at most three digits behind the point: {@code 99.9}. */
record PercentValue() implements ValueType {
  private static final int PLACES = 3;
  private static final BigDecimal MOST = BigDecimal.valueOf(100);

  @Override
  public String noun() {
    return "a number of a hundred";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    if (!text.matches("[0-9]{1,6}(\\.[0-9]{1," + PLACES + "})?")) {
      return Optional.of(
          Complaint.badValue(
              "expected a number up to 100, found " + Quote.of(text),
              "write it with at most three digits behind the point, such as 99.9"));
    }
    BigDecimal value = new BigDecimal(text);
    if (value.signum() == 0 || value.compareTo(MOST) > 0) {
      return Optional.of(
          new Complaint(
              ProblemCode.OVER_LIMIT,
              "expected a number above 0 and up to 100, found " + Quote.of(text),
              ""));
    }
    return Optional.empty();
  }

  /** A checked text in thousandths. */
  static long thousandths(String text) {
    return new BigDecimal(text).movePointRight(PLACES).longValueExact();
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "number")
        .put("exclusiveMinimum", 0)
        .put("maximum", 100);
  }
}
