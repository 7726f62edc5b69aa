package io.vigia.core.expr;

import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.util.List;
import java.util.Map;

/** Says in plain words why an operator or a function does not take what it is given. */
final class TypeProblems {
  private static final Map<String, String> BINARY =
      Map.ofEntries(
          Map.entry("_<_", "cannot compare %s with %s"),
          Map.entry("_<=_", "cannot compare %s with %s"),
          Map.entry("_>_", "cannot compare %s with %s"),
          Map.entry("_>=_", "cannot compare %s with %s"),
          Map.entry("_==_", "cannot compare %s with %s"),
          Map.entry("_!=_", "cannot compare %s with %s"),
          Map.entry("_+_", "cannot add %s and %s"),
          Map.entry("_-_", "cannot subtract %2$s from %1$s"),
          Map.entry("_*_", "cannot multiply %s by %s"),
          Map.entry("_/_", "cannot divide %s by %s"),
          Map.entry("_%_", "cannot take the remainder of %s by %s"));

  private final Names names;
  private final ExpressionPlaces places;
  private final Problems problems;

  TypeProblems(Names names, ExpressionPlaces places, Problems problems) {
    this.names = names;
    this.places = places;
    this.problems = problems;
  }

  private void tell(int at, String found, String help) {
    problems.add(ProblemCode.EXPR_TYPE, places.place(at), found, help);
  }

  /**
   * Tells of an operator or function without an overload for its operands.
   *
   * @param at where CEL points
   */
  void add(String function, List<Operand> operands, boolean onTarget, int at) {
    for (Operand operand : operands) {
      if (operand.hasParts() && !function.equals("_[_]")) {
        withParts(operand, at);
        return;
      }
    }
    String binary = BINARY.get(function);
    if (binary != null && operands.size() == 2) {
      binary(function, binary, operands.get(0), operands.get(1), at);
      return;
    }
    switch (function) {
      case "@in" -> membership(operands.get(0), operands.get(1), at);
      case "_?_:_" -> choice(operands, at);
      case "_&&_", "_||_", "!_" -> logic(function, operands, at);
      case "-_" ->
          tell(at, "cannot negate " + operands.get(0).typeWord(), "only numbers have a sign");
      case "_[_]" -> index(operands.get(0), operands.get(1), at);
      default -> call(function, operands, onTarget, at);
    }
  }

  /** A name such as {@code event}, which is no value itself. */
  void withParts(Operand operand, int at) {
    String name = operand.nameWithParts();
    tell(
        places.start(operand, at),
        "'" + name + "' has parts and is no value itself",
        names.partHelp(name));
  }

  private void binary(String operator, String told, Operand left, Operand right, int at) {
    // A literal beside something of another type is what is wrong; otherwise it may be either.
    Operand wrong = left.isNull() ? left : right.isNull() ? right : null;
    if (wrong == null
        && left.isLiteral() != right.isLiteral()
        && (left.isString() || right.isString())) {
      wrong = left.isLiteral() ? left : right;
    }
    tell(
        places.start(wrong, at),
        told.formatted(left.typeWord(), right.typeWord()),
        helpForBinary(operator, left, right));
  }

  private static boolean isEquality(String operator) {
    return operator.equals("_==_") || operator.equals("_!=_");
  }

  private static boolean isOrder(String operator) {
    return operator.startsWith("_<") || operator.startsWith("_>");
  }

  private static String helpForBinary(String operator, Operand left, Operand right) {
    if (left.isNull() || right.isNull()) {
      String asked = (left.isNull() ? right : left).written();
      return "write "
          + (operator.equals("_==_") ? "!" : "")
          + "has("
          + (asked.contains(".") ? asked : "event.<field>")
          + ")";
    }
    if (left.type().startsWith("type(") || right.type().startsWith("type(")) {
      String type = left.type().startsWith("type(") ? left.written() : right.written();
      return "'" + type + "' is a function: " + type + "(x)";
    }
    if (left.isComparison() && isOrder(operator)) {
      return "join two comparisons with &&: a < x && x < b";
    }
    if (left.isTime() || right.isTime()) {
      return helpForTime(operator, left.isTime() ? right : left);
    }
    if (left.isSpan() || right.isSpan()) {
      return helpForSpan(operator, left.isSpan() ? right : left);
    }
    if (left.isList() || right.isList()) {
      return helpForList(operator, left, right);
    }
    if (left.isBool() || right.isBool()) {
      Operand condition = left.isBool() ? left : right;
      if (condition.isLiteral()) {
        return "";
      }
      String written = condition.written().equals("x") ? "it" : condition.written();
      return "a bool is a condition by itself: write " + written + ", or !" + written;
    }
    if (left.isString() || right.isString()) {
      return helpForText(operator, left.isString() ? left : right, left.isString() ? right : left);
    }
    if (left.type().equals("uint") || right.type().equals("uint")) {
      return "write the number without the u";
    }
    return helpForNumbers(operator, left, right);
  }

  private static String helpForTime(String operator, Operand other) {
    String literal = other.literalText();
    boolean span = literal != null && literal.matches("[0-9.]+ ?[a-z]+");
    if (span || (!isOrder(operator) && !isEquality(operator))) {
      if (other.isTime() || !operator.matches("_[+-]_")) {
        return "two times can be compared and subtracted, a time and a duration added";
      }
      String amount =
          span
              ? String.valueOf(literal)
              : other.type().equals("int") ? other.written() + "s" : "30m";
      return "write a span as duration(\"" + (amount.equals("xs") ? "30m" : amount) + "\")";
    }
    if (literal != null && literal.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      return "write a time as timestamp(\"" + literal + "T00:00:00Z\")";
    }
    if (literal != null && literal.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T.*(Z|[+-][0-9:]+)")) {
      return "write a time as timestamp(\"" + literal + "\")";
    }
    if (literal != null && literal.matches("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")) {
      return "the hour of a time is getHours(\"Europe/Madrid\")";
    }
    return "write a time as timestamp(\"2026-01-31T12:00:00Z\")";
  }

  private static String helpForSpan(String operator, Operand other) {
    String literal = other.literalText();
    if (other.isNumber()
        && !isOrder(operator)
        && !isEquality(operator)
        && !operator.matches("_[+-]_")) {
      return "a duration can be added, subtracted and compared; getSeconds() makes an int of it";
    }
    String amount =
        literal != null
            ? literal
            : other.isLiteral() && other.type().equals("int") ? other.written() + "s" : "30m";
    return "write a span as duration(\"" + amount + "\")";
  }

  private static String helpForList(String operator, Operand left, Operand right) {
    Operand list = left.isList() ? left : right;
    Operand other = left.isList() ? right : left;
    return isOrder(operator)
        ? "how many there are is size(" + list.written() + ")"
        : "whether it is one of them: " + other.written() + " in " + list.written();
  }

  private static String helpForText(String operator, Operand text, Operand other) {
    String literal = text.literalText();
    if (other.type().equals("bytes")) {
      return "write the text without the b";
    }
    if (literal != null && other.isNumber()) {
      return literal.strip().matches("[+-]?[0-9]+(\\.[0-9]+)?")
          ? "write the number without quotes: " + literal.strip()
          : isOrder(operator) || isEquality(operator)
              ? "compare it with a number"
              : "make a text of the number: string(" + other.written() + ")";
    }
    if (other.isLiteral()) {
      return "write the text in quotes: \"" + other.written() + "\"";
    }
    return other.isNumber() ? "convert one side: " + other.type() + "(" + text.written() + ")" : "";
  }

  private static String helpForNumbers(String operator, Operand left, Operand right) {
    if (operator.equals("_%_")) {
      return "the remainder is one of ints: int(x) % 2";
    }
    if (left.type().equals("decimal") || right.type().equals("decimal")) {
      Operand other = left.type().equals("decimal") ? right : left;
      return other.isLiteral()
          ? "equality is between decimals: decimal(\"" + plain(other) + "\")"
          : "equality is between decimals: decimal(" + other.written() + ")";
    }
    boolean wholeFirst = left.type().equals("int");
    Operand whole = wholeFirst ? left : right;
    Operand real = wholeFirst ? right : left;
    if (whole.isLiteral()) {
      return "write " + whole.written() + ".0";
    }
    return real.isLiteral() && real.written().endsWith(".0")
        ? "write " + plain(real)
        : "convert one side: double(" + whole.written() + ")";
  }

  private static String plain(Operand number) {
    String written = number.written();
    return written.endsWith(".0") ? written.substring(0, written.length() - 2) : written;
  }

  private void membership(Operand value, Operand in, int at) {
    String found = "cannot look for " + value.typeWord() + " in " + in.typeWord();
    if (in.isString()) {
      tell(
          at,
          found,
          "whether a text holds another: " + in.written() + ".contains(" + value.written() + ")");
    } else if (!in.isList()) {
      tell(at, found, "behind in stands a list: lists.<list> or [a, b]");
    } else if (in.written().startsWith("lists.")) {
      tell(at, found, "declare " + in.written() + " with of: " + value.typeWord());
    } else if (value.type().equals("decimal") && in.type().matches("list\\((int|double|dyn)\\)")) {
      tell(at, found, "write the list as decimals: [decimal(\"1\"), decimal(\"2.5\")]");
    } else if (in.type().equals("list(" + "list(" + value.type() + "))")) {
      tell(at, found, "a list stands behind in without brackets: in lists.<list>");
    } else {
      tell(at, found, "the list must be of " + value.typeWord());
    }
  }

  private void choice(List<Operand> operands, int at) {
    Operand condition = operands.get(0);
    if (!condition.type().equals("bool")) {
      tell(
          places.start(condition, at),
          "before '?' stands a condition, found " + condition.typeWord(),
          "compare it: " + comparisonOf(condition) + " ? a : b");
    } else {
      tell(
          at,
          "both sides of ':' must be of one type, found "
              + operands.get(1).typeWord()
              + " and "
              + operands.get(2).typeWord(),
          "");
    }
  }

  private void logic(String function, List<Operand> operands, int at) {
    for (Operand operand : operands) {
      if (!operand.type().equals("bool")) {
        String sign = function.replace("_", "");
        boolean lonely = function.equals("!_");
        tell(
            places.start(operand, at),
            "'" + sign + "' takes conditions, found " + operand.typeWord(),
            lonely && places.hasBehind(operand, at, " in ")
                ? "put ! before parentheses: !(" + operand.written() + " in …)"
                : "compare it: " + comparisonOf(operand));
        return;
      }
    }
  }

  /** A comparison that an operand could become. */
  static String comparisonOf(Operand operand) {
    String written = operand.written();
    if (operand.isString()) {
      return (operand.isLiteral() ? "x" : written) + " == \"text\"";
    }
    if (written.equals("now")) {
      return "now.getHours(\"Europe/Madrid\") < 6";
    }
    if (operand.isTime()) {
      return written + " > now - duration(\"1h\")";
    }
    if (operand.isSpan()) {
      return written + " > duration(\"30m\")";
    }
    if (operand.isList()) {
      return "x in " + (written.equals("x") ? "list" : written);
    }
    return (operand.isLiteral() ? "x" : written) + " > 0";
  }

  private void index(Operand of, Operand position, int at) {
    String literal = position.literalText();
    if (of.hasParts() && Variable.isOfTable(of.nameWithParts())) {
      tell(
          at,
          "a table is not asked for a key: the row is that of the event",
          names.partHelp(of.nameWithParts()));
    } else if (of.hasParts()) {
      tell(
          at,
          "parts are selected with a dot",
          literal == null
              ? names.partHelp(of.nameWithParts())
              : "write " + of.nameWithParts() + "." + literal);
    } else {
      tell(
          at,
          "cannot take from " + of.typeWord() + " a part by " + position.typeWord(),
          of.isString()
              ? "write text.charAt(0) or text.substring(0, 2)"
              : "a list is read by int, from 0");
    }
  }

  /** A function that exists and is given something else than it takes. */
  private void call(String function, List<Operand> operands, boolean onTarget, int at) {
    List<String> types = operands.stream().map(Operand::typeWord).toList();
    String given =
        "("
            + String.join(", ", onTarget ? types.subList(1, types.size()) : types)
            + ")"
            + (onTarget ? " on " + types.get(0) : "");
    String written =
        function.equals("contains") && operands.get(0).isList()
            ? "whether it is one of them: "
                + (operands.size() > 1 ? operands.get(1).written() : "x")
                + " in "
                + operands.get(0).written()
            : Functions.written(function);
    tell(
        places.nameBefore(function, at),
        "'" + Spelling.written(function) + "' does not take " + given,
        written == null ? "" : written);
  }
}
