package io.vigia.core.expr;

import dev.cel.common.CelIssue;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in plain words, with the next step, what CEL's parser and checker found.
 *
 * <p>CEL counts lines from 1 and columns from 0, in code points; of a selection it points at the
 * dot.
 */
final class ExpressionProblems {
  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("_<_", "compare"),
          Map.entry("_<=_", "compare"),
          Map.entry("_>_", "compare"),
          Map.entry("_>=_", "compare"),
          Map.entry("_==_", "compare"),
          Map.entry("_!=_", "compare"),
          Map.entry("_+_", "add"),
          Map.entry("_-_", "subtract"),
          Map.entry("_*_", "multiply"),
          Map.entry("_/_", "divide"),
          Map.entry("_%_", "take the remainder of"));

  private final Text text;
  private final Names names;
  private final Problems problems;

  ExpressionProblems(Text text, Names names, Problems problems) {
    this.text = text;
    this.names = names;
    this.problems = problems;
  }

  void add(List<CelIssue> issues) {
    for (CelIssue issue : issues) {
      String message = issue.getMessage();
      // A type that is itself an error has been told of already.
      if (!message.contains("*error*")) {
        add(
            message,
            Math.max(1, issue.getSourceLocation().getLine()) - 1,
            Math.max(0, issue.getSourceLocation().getColumn()));
      }
    }
  }

  /** What to do with a message of one kind; {@code found} are the pattern's groups from 1. */
  @FunctionalInterface
  private interface Telling {
    void tell(ExpressionProblems here, Matcher found, int line, int column);
  }

  private static final Map<Pattern, Telling> CHECKING =
      Map.of(
          Pattern.compile("undeclared reference to '([^']*)'.*"),
          (here, found, line, column) -> here.undeclared(found.group(1), line, column),
          Pattern.compile("undefined field '([^']*)'"),
          (here, found, line, column) -> here.undefinedField(found.group(1), line, column),
          Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*"),
          (here, found, line, column) ->
              here.noOverload(found.group(1), found.group(2), here.text.at(line, column)),
          Pattern.compile("expected type '[^']*' but found '([^']*)'"),
          (here, found, line, column) ->
              here.problems.add(
                  ProblemCode.EXPR_RESULT,
                  here.text.at(line, column),
                  "a condition must give true or false, this gives " + type(found.group(1)),
                  "compare it with something, such as > 0"),
          Pattern.compile("type '([^']*)' does not support field selection"),
          (here, found, line, column) ->
              here.problems.add(
                  ProblemCode.EXPR_TYPE,
                  here.text.at(line, column),
                  type(found.group(1)) + " has no parts to select",
                  "remove what follows the dot, or call a function with ()"),
          Pattern.compile(".*has\\(\\) macro.*"),
          (here, found, line, column) ->
              here.problems.add(
                  ProblemCode.EXPR_TYPE,
                  here.text.at(line, column),
                  "has() asks for one optional part",
                  "write has(event.<field>)"),
          Pattern.compile(".*(recursion limit|exceeds limit|limit \\().*"),
          (here, found, line, column) ->
              here.problems.add(
                  ProblemCode.EXPR_LIMIT,
                  here.text.at(line, column),
                  "the expression is larger or deeper than allowed",
                  "divide it over several rules or features"));

  private void add(String message, int line, int column) {
    for (Map.Entry<Pattern, Telling> kind : CHECKING.entrySet()) {
      Matcher found = kind.getKey().matcher(message);
      if (found.matches()) {
        kind.getValue().tell(this, found, line, column);
        return;
      }
    }
    syntax(message, text.at(line, column));
  }

  private void undeclared(String name, int line, int column) {
    if (isCall(line, column)) {
      int start = Math.max(0, column - name.length());
      problems.add(
          ProblemCode.EXPR_UNKNOWN,
          text.at(line, names.isFunction(name) ? column : start),
          "unknown function '" + name + "'",
          names.helpFor(name));
      return;
    }
    String why = names.whyUnreadable(name);
    problems.add(
        ProblemCode.EXPR_UNKNOWN,
        text.at(line, column),
        why == null ? "unknown name '" + name + "'" : "'" + name + "' cannot be read here: " + why,
        why == null ? names.helpFor(name) : "");
  }

  private boolean isCall(int line, int column) {
    String at = lineOf(line);
    return column < at.length() && at.charAt(column) == '(';
  }

  private String lineOf(int line) {
    String[] lines = text.value().split("\n", -1);
    return line < lines.length ? lines[line] : "";
  }

  private void undefinedField(String field, int line, int column) {
    String at = lineOf(line);
    int dot = column;
    if (dot >= at.length() || at.charAt(dot) != '.') {
      int found = at.indexOf("." + field, Math.max(0, column));
      dot = found < 0 ? column : found;
    }
    int start = dot;
    while (start > 0 && Character.isJavaIdentifierPart(at.charAt(start - 1))) {
      start--;
    }
    String of = at.substring(start, Math.min(dot, at.length()));
    problems.add(
        ProblemCode.EXPR_UNKNOWN,
        text.at(line, Math.min(dot + 1, Math.max(0, at.length() - 1))),
        "'" + of + "' has no part '" + field + "'",
        names.helpForPart(of, field));
  }

  private void noOverload(String operator, String types, Place place) {
    String[] operands = operands(types);
    String verb = OPERATORS.get(operator);
    if (verb != null && operands.length == 2) {
      problems.add(
          ProblemCode.EXPR_TYPE,
          place,
          "cannot " + verb + " " + type(operands[0]) + " and " + type(operands[1]),
          helpFor(operator, operands[0], operands[1]));
    } else if (operator.equals("@in") && operands.length == 2) {
      problems.add(
          ProblemCode.EXPR_TYPE,
          place,
          "cannot look for " + type(operands[0]) + " in " + type(operands[1]),
          "the right side is a list of " + type(operands[0]) + ", such as lists.<list> or [a, b]");
    } else if (operator.equals("_?_:_")) {
      problems.add(
          ProblemCode.EXPR_TYPE,
          place,
          "both sides of ':' must be of one type",
          "found " + type(types));
    } else if (operator.equals("_&&_") || operator.equals("_||_") || operator.equals("!_")) {
      problems.add(
          ProblemCode.EXPR_TYPE,
          place,
          "'" + operator.replace("_", "") + "' takes conditions, found " + type(types),
          "compare the value first; put ! before parentheses: !(a in b)");
    } else {
      problems.add(
          ProblemCode.EXPR_TYPE,
          place,
          "'" + operator.replace("_", "") + "' does not take " + type(types),
          names.isFunction(operator) ? "see the function's arguments in docs/language.md" : "");
    }
  }

  private static String[] operands(String types) {
    String inner =
        types.startsWith("(") && types.endsWith(")")
            ? types.substring(1, types.length() - 1)
            : types;
    return inner.split(", (?![^(]*\\))");
  }

  private static String helpFor(String operator, String left, String right) {
    boolean decimal = left.equals("decimal") || right.equals("decimal");
    boolean equality = operator.equals("_==_") || operator.equals("_!=_");
    String other = left.equals("string") ? right : left;
    boolean number = other.equals("decimal") || other.equals("int") || other.equals("double");
    if (left.contains("null") || right.contains("null")) {
      return "ask has(event.<field>) whether it is there";
    }
    if ((left.equals("string") || right.equals("string")) && number) {
      return "write the number without quotes";
    }
    if (decimal && equality) {
      return "equality is between decimals: decimal(\"2.00\")";
    }
    if (left.contains("Timestamp") && !right.contains("Timestamp")) {
      return "write a time as timestamp(\"2026-01-31T12:00:00Z\"), a span as duration(\"30m\")";
    }
    if (left.contains("Duration") || right.contains("Duration")) {
      return "write a span as duration(\"30m\")";
    }
    if (equality && number) {
      return "convert one side: double(x) or int(x)";
    }
    if (left.equals("bool")) {
      return "join two comparisons with &&: a < x && x < b";
    }
    return "";
  }

  /** A type as the pipeline file calls it. */
  private static String type(String type) {
    return type.replace("google.protobuf.Timestamp", "timestamp")
        .replace("google.protobuf.Duration", "duration")
        .replaceAll("[A-Za-z_0-9]+" + Names.TYPE_MARK, "something with parts");
  }

  /** What a mistake of syntax is called, and how it is mended. */
  private record Syntax(String found, String help) {}

  private static final Map<Pattern, Function<String, Syntax>> PARSING =
      Map.of(
          Pattern.compile("token recognition error at: '(.*)'"),
          token -> new Syntax("unexpected " + quoted(token.trim()), helpForToken(token.trim())),
          Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting.*"),
          word ->
              new Syntax(
                  word.equals("<EOF>")
                      ? "the expression ends too early"
                      : "unexpected " + quoted(word),
                  helpForWord(word)),
          Pattern.compile("reserved identifier: (.*)"),
          word ->
              new Syntax(
                  "'" + word + "' is a reserved word",
                  word.equals("if")
                      ? "a condition needs no if; to choose, write a ? b : c"
                      : "use another name"),
          Pattern.compile("no viable alternative at input '(.*)'"),
          input ->
              new Syntax(
                  "cannot read " + quoted(input),
                  "a part is selected as event.field, a number has digits on both sides of the point"),
          Pattern.compile("(missing '\\)').*"),
          missing -> new Syntax("a parenthesis is not closed", "add )"),
          Pattern.compile("(For input string).*"),
          number ->
              new Syntax(
                  "a number is out of range",
                  "an int has 64 bits; write larger ones as decimal(\"…\")"));

  private void syntax(String message, Place place) {
    Syntax told = new Syntax(message, "");
    for (Map.Entry<Pattern, Function<String, Syntax>> kind : PARSING.entrySet()) {
      Matcher found = kind.getKey().matcher(message);
      if (found.matches()) {
        told = kind.getValue().apply(found.group(1));
      }
    }
    problems.add(ProblemCode.EXPR_SYNTAX, place, told.found, told.help);
  }

  private static String quoted(String token) {
    return "'" + (token.length() > 40 ? token.substring(0, 40) + "…" : token) + "'";
  }

  private static String helpForToken(String token) {
    if (token.isEmpty()) {
      return "";
    }
    return switch (token.charAt(0)) {
      case '=' -> token.startsWith("=>") ? "write >=" : "to compare, write ==";
      case '&' -> "for and, write &&";
      case '|' -> "for or, write ||";
      case '\'', '"' -> "close the text with the same quote";
      case '“', '”', '‘', '’' -> "use plain quotes: \"text\"";
      case '#' -> "a comment in an expression begins with //";
      case '$' -> "leave the sign out";
      case ';' -> "an expression is one condition; join two with &&";
      default -> "";
    };
  }

  private static String helpForWord(String word) {
    return switch (word) {
      case "and" -> "for and, write &&";
      case "or" -> "for or, write ||";
      case "not" -> "for not, write !(…)";
      case "," -> "write numbers without thousands separators, lists in []";
      case "<EOF>" -> "finish the comparison, close what was opened";
      case ")" -> "remove it, or open it before";
      case ">" -> "for unequal, write !=";
      case "}" -> "expressions take no braces; write the name alone";
      case "m", "s", "h", "d" -> "write a span as duration(\"30m\")";
      default -> "";
    };
  }
}
