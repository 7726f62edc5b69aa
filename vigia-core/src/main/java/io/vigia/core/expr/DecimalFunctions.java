package io.vigia.core.expr;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.exceptions.CelBadFormatException;
import dev.cel.common.exceptions.CelDivideByZeroException;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.exceptions.CelNumericOverflowException;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.ErrorValue;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The type {@code decimal} of the rule language: order and arithmetic against decimal, int and
 * double (a double means its shortest decimal), equality among decimals by their number,
 * conversions.
 *
 * <p><b>Units and bounds.</b> Division gives 34 digits, half-even. No result has more than {@value
 * #DIGITS_MAX} digits; one that would is an overflow.
 */
final class DecimalFunctions {
  static final OpaqueType DECIMAL = OpaqueType.create("decimal");

  private static final int DIGITS_MAX = 400;

  /** The four comparisons, each by the sign of {@link Comparable#compareTo}. */
  private enum Comparison {
    LESS("_<_"),
    LESS_EQUALS("_<=_"),
    GREATER("_>_"),
    GREATER_EQUALS("_>=_");

    private final String operator;

    Comparison(String operator) {
      this.operator = operator;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean test(int compared) {
      return switch (this) {
        case LESS -> compared < 0;
        case LESS_EQUALS -> compared <= 0;
        case GREATER -> compared > 0;
        case GREATER_EQUALS -> compared >= 0;
      };
    }
  }

  /** The four operations, each bounded. */
  private enum Arithmetic {
    ADD("_+_"),
    SUBTRACT("_-_"),
    MULTIPLY("_*_"),
    DIVIDE("_/_");

    private final String operator;

    Arithmetic(String operator) {
      this.operator = operator;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    BigDecimal apply(BigDecimal a, BigDecimal b) {
      return bounded(
          switch (this) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> divide(a, b);
          });
    }
  }

  private DecimalFunctions() {}

  static List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    for (Comparison each : Comparison.values()) {
      declarations.add(operator(each.operator, each.id(), SimpleType.BOOL));
    }
    for (Arithmetic each : Arithmetic.values()) {
      declarations.add(operator(each.operator, each.id(), DECIMAL));
    }
    declarations.add(function("-_", "negate_decimal", DECIMAL, DECIMAL));
    declarations.add(function("double", "decimal_to_double", SimpleType.DOUBLE, DECIMAL));
    declarations.add(function("string", "decimal_to_string", SimpleType.STRING, DECIMAL));
    declarations.add(function("int", "decimal_to_int64", SimpleType.INT, DECIMAL));
    declarations.add(
        CelFunctionDecl.newFunctionDeclaration(
            "decimal",
            CelOverloadDecl.newGlobalOverload("string_to_decimal", DECIMAL, SimpleType.STRING),
            CelOverloadDecl.newGlobalOverload("int64_to_decimal", DECIMAL, SimpleType.INT),
            CelOverloadDecl.newGlobalOverload("double_to_decimal", DECIMAL, SimpleType.DOUBLE),
            CelOverloadDecl.newGlobalOverload("decimal_to_decimal", DECIMAL, DECIMAL)));
    return declarations;
  }

  private static CelFunctionDecl function(
      String name, String overload, CelType result, CelType of) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload(overload, result, of));
  }

  private static CelFunctionDecl operator(String sign, String name, CelType result) {
    return CelFunctionDecl.newFunctionDeclaration(
        sign,
        CelOverloadDecl.newGlobalOverload(name + "_decimal_decimal", result, DECIMAL, DECIMAL),
        CelOverloadDecl.newGlobalOverload(name + "_decimal_int64", result, DECIMAL, SimpleType.INT),
        CelOverloadDecl.newGlobalOverload(name + "_int64_decimal", result, SimpleType.INT, DECIMAL),
        CelOverloadDecl.newGlobalOverload(
            name + "_decimal_double", result, DECIMAL, SimpleType.DOUBLE),
        CelOverloadDecl.newGlobalOverload(
            name + "_double_decimal", result, SimpleType.DOUBLE, DECIMAL));
  }

  /**
   * CEL's standard functions with those of decimals. Replaced are equality and membership, which do
   * not know decimals, the order of int and double, which CEL's implementation takes through a
   * cast, sums of durations, which it refuses when they are negative and no whole seconds, and of
   * texts, which it does not bound, the time between two timestamps, whose range it does not check,
   * and the units of a negative duration, which it rounds down where CEL cuts.
   */
  static CelRuntime runtime(CelOptions options) {
    CelStandardFunctions standard =
        CelStandardFunctions.newBuilder()
            .filterFunctions(
                (function, overload) ->
                    switch (function) {
                      case EQUALS, NOT_EQUALS, IN -> false;
                      default -> !REPLACED.matcher(((Enum<?>) overload).name()).matches();
                    })
            .build();
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .setOptions(options)
        .setStandardFunctions(standard)
        .addFunctionBindings(equality())
        .addFunctionBindings(bindings())
        .addFunctionBindings(durations())
        .addFunctionBindings(
            CelFunctionBinding.from(
                "add_string", String.class, String.class, TextFunctions::concat))
        .addFunctionBindings(Library.bindings())
        .build();
  }

  private static final Pattern REPLACED =
      Pattern.compile(
          "(LESS|GREATER)(_EQUALS)?_(INT64_DOUBLE|DOUBLE_INT64)"
              + "|(ADD|SUBTRACT)_DURATION_DURATION|SUBTRACT_TIMESTAMP_TIMESTAMP"
              + "|ADD_STRING|DURATION_TO_(HOURS|MINUTES|SECONDS|MILLISECONDS)");

  private static List<CelFunctionBinding> equality() {
    List<CelFunctionBinding> all = new ArrayList<>();
    all.addAll(
        CelFunctionBinding.fromOverloads(
            "_==_",
            CelFunctionBinding.from("equals", Object.class, Object.class, DecimalFunctions::same)));
    all.addAll(
        CelFunctionBinding.fromOverloads(
            "_!=_",
            CelFunctionBinding.from(
                "not_equals", Object.class, Object.class, (a, b) -> !same(a, b))));
    all.addAll(
        CelFunctionBinding.fromOverloads(
            "@in",
            CelFunctionBinding.from("in_list", Object.class, List.class, DecimalFunctions::isIn),
            CelFunctionBinding.from(
                "in_map", Object.class, Map.class, (key, map) -> map.containsKey(key))));
    return all;
  }

  /** A failed {@code ||} or {@code &&} comes here as a value, since any object is taken. */
  private static void rethrow(Object value) {
    if (value instanceof ErrorValue failed) {
      throw failed.value() instanceof CelRuntimeException cause
          ? cause
          : new CelInvalidArgumentException(failed.value());
    }
  }

  private static boolean same(Object a, Object b) {
    rethrow(a);
    rethrow(b);
    if (a instanceof BigDecimal left && b instanceof BigDecimal right) {
      return left.compareTo(right) == 0;
    }
    if (a instanceof Double left && b instanceof Double right) {
      return left.doubleValue() == right.doubleValue();
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      Iterator<?> others = right.iterator();
      return left.size() == right.size() && left.stream().allMatch(e -> same(e, others.next()));
    }
    if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
      return left.size() == right.size()
          && left.entrySet().stream()
              .allMatch(
                  e -> right.containsKey(e.getKey()) && same(e.getValue(), right.get(e.getKey())));
    }
    return a.equals(b);
  }

  private static boolean isIn(Object value, List<?> list) {
    rethrow(value);
    return list instanceof Views.Members members
        ? members.contains(value)
        : list.stream().anyMatch(element -> same(value, element));
  }

  private static List<CelFunctionBinding> bindings() {
    List<CelFunctionBinding> all = new ArrayList<>();
    for (Comparison each : Comparison.values()) {
      all.addAll(comparison(each));
    }
    for (Arithmetic each : Arithmetic.values()) {
      all.addAll(arithmetic(each));
    }
    all.addAll(
        CelFunctionBinding.fromOverloads(
            "decimal",
            CelFunctionBinding.from("string_to_decimal", String.class, DecimalFunctions::parse),
            CelFunctionBinding.from("int64_to_decimal", Long.class, BigDecimal::valueOf),
            CelFunctionBinding.from("double_to_decimal", Double.class, DecimalFunctions::decimal),
            CelFunctionBinding.from("decimal_to_decimal", BigDecimal.class, d -> d)));
    all.add(CelFunctionBinding.from("negate_decimal", BigDecimal.class, BigDecimal::negate));
    all.add(
        CelFunctionBinding.from("decimal_to_double", BigDecimal.class, BigDecimal::doubleValue));
    all.add(
        CelFunctionBinding.from("decimal_to_string", BigDecimal.class, BigDecimal::toPlainString));
    all.add(CelFunctionBinding.from("decimal_to_int64", BigDecimal.class, DecimalFunctions::toInt));
    return all;
  }

  private static Set<CelFunctionBinding> comparison(Comparison test) {
    String name = test.id();
    return CelFunctionBinding.fromOverloads(
        test.operator,
        CelFunctionBinding.from(
            name + "_decimal_decimal",
            BigDecimal.class,
            BigDecimal.class,
            (a, b) -> test.test(a.compareTo(b))),
        CelFunctionBinding.from(
            name + "_decimal_int64",
            BigDecimal.class,
            Long.class,
            (a, b) -> test.test(a.compareTo(BigDecimal.valueOf(b)))),
        CelFunctionBinding.from(
            name + "_int64_decimal",
            Long.class,
            BigDecimal.class,
            (a, b) -> test.test(BigDecimal.valueOf(a).compareTo(b))),
        CelFunctionBinding.from(
            name + "_decimal_double",
            BigDecimal.class,
            Double.class,
            (a, b) -> !b.isNaN() && test.test(order(a, b))),
        CelFunctionBinding.from(
            name + "_double_decimal",
            Double.class,
            BigDecimal.class,
            (a, b) -> !a.isNaN() && test.test(-order(b, a))),
        CelFunctionBinding.from(
            name + "_int64_double",
            Long.class,
            Double.class,
            (a, b) -> !b.isNaN() && test.test(order(a, b))),
        CelFunctionBinding.from(
            name + "_double_int64",
            Double.class,
            Long.class,
            (a, b) -> !a.isNaN() && test.test(-order(b, a))));
  }

  static int order(BigDecimal a, double b) {
    if (Double.isInfinite(b)) {
      return b > 0 ? -1 : 1;
    }
    return a.compareTo(BigDecimal.valueOf(b));
  }

  static int order(long a, double b) {
    if (b >= 0x1p63) {
      return -1;
    }
    if (b < -0x1p63) {
      return 1;
    }
    int whole = Long.compare(a, (long) b);
    return whole != 0 ? whole : Double.compare(0, b - (long) b);
  }

  private static Set<CelFunctionBinding> arithmetic(Arithmetic operation) {
    String name = operation.id();
    return CelFunctionBinding.fromOverloads(
        operation.operator,
        CelFunctionBinding.from(
            name + "_decimal_decimal",
            BigDecimal.class,
            BigDecimal.class,
            (a, b) -> operation.apply(a, b)),
        CelFunctionBinding.from(
            name + "_decimal_int64",
            BigDecimal.class,
            Long.class,
            (a, b) -> operation.apply(a, BigDecimal.valueOf(b))),
        CelFunctionBinding.from(
            name + "_int64_decimal",
            Long.class,
            BigDecimal.class,
            (a, b) -> operation.apply(BigDecimal.valueOf(a), b)),
        CelFunctionBinding.from(
            name + "_decimal_double",
            BigDecimal.class,
            Double.class,
            (a, b) -> operation.apply(a, decimal(b))),
        CelFunctionBinding.from(
            name + "_double_decimal",
            Double.class,
            BigDecimal.class,
            (a, b) -> operation.apply(decimal(a), b)));
  }

  private static List<CelFunctionBinding> durations() {
    return List.of(
        CelFunctionBinding.from(
            "add_duration_duration",
            Duration.class,
            Duration.class,
            (a, b) -> Calls.checkDuration(a.plus(b))),
        CelFunctionBinding.from(
            "subtract_duration_duration",
            Duration.class,
            Duration.class,
            (a, b) -> Calls.checkDuration(a.minus(b))),
        CelFunctionBinding.from(
            "subtract_timestamp_timestamp",
            Instant.class,
            Instant.class,
            (later, earlier) ->
                Duration.ofMillis(Calls.checkBetween(Duration.between(earlier, later).toMillis()))),
        CelFunctionBinding.from(
            "duration_to_hours", Duration.class, d -> Calls.hoursOfDuration(d.toMillis())),
        CelFunctionBinding.from(
            "duration_to_minutes", Duration.class, d -> Calls.minutesOfDuration(d.toMillis())),
        CelFunctionBinding.from(
            "duration_to_seconds", Duration.class, d -> Calls.secondsOfDuration(d.toMillis())),
        CelFunctionBinding.from(
            "duration_to_milliseconds",
            Duration.class,
            d -> Calls.millisecondsOfDuration(d.toMillis())));
  }

  private static BigDecimal divide(BigDecimal a, BigDecimal b) {
    if (b.signum() == 0) {
      throw new CelDivideByZeroException();
    }
    return a.divide(b, MathContext.DECIMAL128);
  }

  static BigDecimal decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new CelNumericOverflowException(value + " is no decimal");
    }
    return bounded(BigDecimal.valueOf(value));
  }

  static long toInt(BigDecimal value) {
    try {
      return value.setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException e) {
      throw new CelNumericOverflowException("int overflow");
    }
  }

  /** Keeps 1e999999999 from being written out. */
  static BigDecimal bounded(BigDecimal value) {
    if (!isBounded(value)) {
      throw new CelNumericOverflowException("decimal of more than " + DIGITS_MAX + " digits");
    }
    return value;
  }

  static boolean isBounded(BigDecimal value) {
    return value.precision() <= DIGITS_MAX && Math.abs((long) value.scale()) <= DIGITS_MAX;
  }

  static BigDecimal parse(String text) {
    try {
      if (text.length() <= DIGITS_MAX) {
        return bounded(new BigDecimal(text));
      }
      throw new CelBadFormatException("a decimal of more than " + DIGITS_MAX + " digits");
    } catch (NumberFormatException e) {
      throw new CelBadFormatException("not a decimal");
    }
  }
}
