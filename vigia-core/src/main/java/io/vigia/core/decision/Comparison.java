package io.vigia.core.decision;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison of one name with one number, as it stands in a condition.
 *
 * <p><b>Shape.</b> {@code name} is {@code card_count_5m}, {@code card_last.amount}, {@code
 * event.amount} or {@code tables.customers.limit}; it stands on the left, whichever side it was
 * written on.
 */
record Comparison(String name, Order order, BigDecimal threshold) {
  /** How far from the threshold is near: a tenth of it. */
  static final BigDecimal NEAR = new BigDecimal("0.1");

  /** The finest step between two decimals that an event can hold. */
  private static final BigDecimal STEP = BigDecimal.ONE.movePointLeft(18);

  /** The comparisons that a number can nearly meet. */
  enum Order {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Order(String sign) {
      this.sign = sign;
    }

    static Order of(String sign) {
      return switch (sign) {
        case "<" -> LESS;
        case "<=" -> LESS_OR_EQUAL;
        case ">" -> GREATER;
        case ">=" -> GREATER_OR_EQUAL;
        default -> throw new IllegalArgumentException("order: must be < <= > >=, got " + sign);
      };
    }

    /** The same with its sides exchanged. */
    Order flipped() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      };
    }

    boolean holds(int comparison) {
      return switch (this) {
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }
  }

  private static final String NUMBER = "-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?";
  private static final String WORD = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String NAME =
      "(?:tables\\." + WORD + "\\." + WORD + "|" + WORD + "(?:\\." + WORD + ")?)";
  private static final String SIGN = "(<=|>=|<|>)";

  /*
   * A side that goes on as arithmetic, a call or a longer name is none of ours. What is found is only a
   * candidate, which may stand in a text or a comment as well: whether it mattered is asked of the rule itself.
   */
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "(?<![\\w.)\\]*/%+-])(?<![*/%+-]\\s{1,9})(?:("
              + NAME
              + ")\\s*"
              + SIGN
              + "\\s*("
              + NUMBER
              + ")|("
              + NUMBER
              + ")\\s*"
              + SIGN
              + "\\s*("
              + NAME
              + "))(?!\\s*[*/%+(\\[-])(?![\\w.])");

  /** All comparisons of a condition, each once. */
  static List<Comparison> in(String condition) {
    List<Comparison> found = new ArrayList<>();
    Matcher candidate = CANDIDATE.matcher(condition);
    while (candidate.find()) {
      if (candidate.group(1) != null) {
        add(found, candidate.group(1), Order.of(candidate.group(2)), candidate.group(3));
      } else {
        add(found, candidate.group(6), Order.of(candidate.group(5)).flipped(), candidate.group(4));
      }
    }
    return found;
  }

  private static void add(List<Comparison> found, String name, Order order, String number) {
    Comparison comparison = new Comparison(name, order, new BigDecimal(number));
    if (comparison.threshold.signum() != 0 && !found.contains(comparison)) {
      found.add(comparison);
    }
  }

  /** Whether a number fails the comparison by a tenth of the threshold or less. */
  boolean isNearlyMetBy(BigDecimal value) {
    return !order.holds(value.compareTo(threshold))
        && value.subtract(threshold).abs().compareTo(threshold.abs().multiply(NEAR)) <= 0;
  }

  /** The number nearest to the threshold that meets the comparison. */
  BigDecimal nearestMeeting(boolean whole) {
    BigDecimal step = whole ? BigDecimal.ONE : STEP;
    return switch (order) {
      case GREATER_OR_EQUAL -> whole ? threshold.setScale(0, RoundingMode.CEILING) : threshold;
      case LESS_OR_EQUAL -> whole ? threshold.setScale(0, RoundingMode.FLOOR) : threshold;
      case GREATER -> (whole ? threshold.setScale(0, RoundingMode.FLOOR) : threshold).add(step);
      case LESS -> (whole ? threshold.setScale(0, RoundingMode.CEILING) : threshold).subtract(step);
    };
  }

  @Override
  public String toString() {
    return name + " " + order.sign + " " + threshold.toPlainString();
  }
}
