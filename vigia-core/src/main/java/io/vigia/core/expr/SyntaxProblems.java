package io.vigia.core.expr;

import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in plain words, with the next step, where CEL's parser gave up.
 *
 * <p>The parser names what it met and what it would have taken instead; what the author meant is
 * found by looking at what stands around that place.
 */
final class SyntaxProblems {
  private static final Map<String, String> WORDS = new HashMap<>();

  static {
    words("for and, write &&", "and");
    words("for or, write ||", "or");
    words("write in, in lower case", "in");
    words("for not in, write !(x in list)", "not");
    words("to compare, write ==", "is eq equals");
    words("for unequal, write !=", "ne neq");
    words("write > or >=", "gt gte ge");
    words("write < or <=", "lt lte le");
    words("for a pattern, write text.matches(\"^4[0-9]*$\")", "like matches regexp rlike");
    words("write text.contains(\"b\")", "contains");
    words("write text.startsWith(\"a\")", "startswith starts");
    words("write text.endsWith(\"c\")", "endswith ends");
    words("write a <= x && x <= b", "between");
    words("a condition needs no if; to choose, write a ? b : c", "then else");
    words("for the remainder, write %", "mod");
  }

  private static final Set<String> TIME_UNITS =
      Set.of("ms", "s", "sec", "m", "min", "h", "d", "w", "minutes", "hours", "days", "seconds");

  /** What can only stand between two others. */
  private static final Set<String> BETWEEN =
      Set.of("&&", "||", "==", "!=", "<", "<=", ">", ">=", "in", "*", "/", "%", "+");

  private static final Pattern UNREADABLE =
      Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
  private static final Pattern UNEXPECTED =
      Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting.*", Pattern.DOTALL);
  private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)");
  private static final Pattern NO_WAY =
      Pattern.compile("no viable alternative at input '(.*)'", Pattern.DOTALL);
  private static final List<Pattern> TOO_LARGE =
      List.of(
          Pattern.compile("Expression recursion limit exceeded.*"),
          Pattern.compile("expression code point size exceeds limit.*"),
          Pattern.compile("expression node limit .* exceeded.*"));

  private final ExpressionText text;
  private final Problems problems;

  SyntaxProblems(ExpressionText text, Problems problems) {
    this.text = text;
    this.problems = problems;
  }

  private static void words(String help, String words) {
    for (String word : words.split(" ", -1)) {
      WORDS.put(word, help);
    }
  }

  /** Tells what the parser said of the character at {@code at}. */
  void add(String message, int at) {
    Matcher unreadable = UNREADABLE.matcher(message);
    Matcher unexpected = UNEXPECTED.matcher(message);
    Matcher reserved = RESERVED.matcher(message);
    Matcher noWay = NO_WAY.matcher(message);
    if (unreadable.matches()) {
      unreadable(unreadable.group(1).strip(), at);
    } else if (unexpected.matches()) {
      unexpected(unexpected.group(1), at);
    } else if (reserved.matches()) {
      String word = reserved.group(1);
      tell(
          at,
          "'" + word + "' is a reserved word",
          word.equals("if")
              ? "a condition needs no if; to choose, write a ? b : c"
              : "use another name");
    } else if (noWay.matches()) {
      noWay(noWay.group(1), at);
    } else if (message.startsWith("missing ')'") || message.startsWith("missing ']'")) {
      unclosed(at);
    } else if (message.startsWith("For input string") || message.startsWith("Error at index")) {
      tell(at, "a number is out of range", "an int has 64 bits; write decimal(\"…\") for more");
    } else if (message.startsWith("unsupported syntax") && message.contains("?")) {
      tell(
          at,
          "'?' cannot stand here",
          "remove it; has(event.<field>) asks whether a field is there");
    } else if (TOO_LARGE.stream().anyMatch(pattern -> pattern.matcher(message).matches())) {
      problems.add(
          ProblemCode.EXPR_LIMIT,
          text.place(0),
          "the expression is larger or deeper than allowed",
          "divide it over several rules or features");
    } else {
      tell(at, message, "");
    }
  }

  private void tell(int at, String found, String help) {
    problems.add(ProblemCode.EXPR_SYNTAX, text.place(at), found, help);
  }

  private static String quoted(String token) {
    return "'" + (token.length() > 40 ? token.substring(0, 40) + "…" : token) + "'";
  }

  /** Characters that begin nothing CEL knows. */
  private void unreadable(String token, int at) {
    int first = token.isEmpty() ? 0 : token.codePointAt(0);
    if ((first == '\'' || first == '"') && token.indexOf('\\') > 0) {
      tell(
          at,
          "a text with a '\\' that escapes nothing",
          "write \\\\ for a backslash, or r\"…\" to have it taken as it stands");
    } else if (first == '\'' || first == '"') {
      tell(
          at,
          "the text is not closed",
          "end it with the quote that it begins with: " + token.charAt(0));
    } else {
      tell(at, "unexpected " + quoted(token), helpForCharacter(token, first, at));
    }
  }

  private String helpForCharacter(String token, int first, int at) {
    return switch (first) {
      case '=' -> helpForEquals(token);
      case '&' -> "for and, write &&";
      case '|' -> "for or, write ||";
      case '“', '”', '„', '‘', '’', '«', '»' -> "use plain quotes: \"text\"";
      case '#' -> "a comment in an expression begins with //";
      case '$' ->
          text.at(at + 1) == '{' ? "write the name alone, without ${ }" : "leave the sign out";
      case '€', '£' -> "leave the sign out";
      case ';' -> "an expression is one condition; join two with &&";
      case '^' -> "of arithmetic there are + - * / and % alone";
      case '~' -> "for a pattern, write text.matches(\"^4[0-9]*$\")";
      case '≥' -> "write >=";
      case '≤' -> "write <=";
      case '≠' -> "write !=";
      default -> Character.isLetter(first) ? "names are of the letters a to z, digits and _" : "";
    };
  }

  private static String helpForEquals(String token) {
    return switch (token.length() > 1 ? token.charAt(1) : ' ') {
      case '>' -> "write >=";
      case '<' -> "write <=";
      case '~' -> "for a pattern, write text.matches(\"^4[0-9]*$\")";
      default -> "to compare, write ==";
    };
  }

  /** A word or sign in a place where it cannot be. */
  private void unexpected(String word, int at) {
    String before = text.wordBefore(at);
    if (before.equalsIgnoreCase("not") && !word.equals("<EOF>")) {
      tell(text.wordStart(at), "unexpected '" + before + "'", "for not, write !(…)");
    } else if (word.equals("<EOF>")) {
      endsTooEarly(at);
    } else if (word.equals(")") && text.lastBefore(at) == '(') {
      tell(
          text.backOverBlanks(at) - 1,
          "nothing stands in the parentheses",
          "remove them, or fill them");
    } else if (BETWEEN.contains(word) && isMissingBefore(at)) {
      String sign = text.lastBefore(at) == word.codePointAt(0) ? helpForDoubled(word) : "";
      tell(at, "something is missing before '" + word + "'", helpForSign(word, at, sign));
    } else {
      tell(at, "unexpected " + quoted(word), helpForWord(word, at));
    }
  }

  /** Whether nothing complete stands before {@code at}. */
  private boolean isMissingBefore(int at) {
    int last = text.lastBefore(at);
    return last == 0 || "(&|=<>!,[*/%+-?:".indexOf(last) >= 0;
  }

  private static String helpForDoubled(String word) {
    return switch (word) {
      case "*" -> "there is no power; write x * x";
      case "+" -> "write + 1";
      case ">" -> "write > or >=";
      case "<" -> "write < or <=";
      default -> "";
    };
  }

  private String helpForSign(String word, int at, String doubled) {
    int last = text.lastBefore(at);
    if (word.equals(">") && last == '<') {
      return "for unequal, write !=";
    }
    if (word.equals(">") && last == '-') {
      return "a part is selected with a dot: event.<field>";
    }
    return doubled;
  }

  private void endsTooEarly(int at) {
    int last = text.lastBefore(at);
    int open = text.unclosed(at);
    if (last == '%') {
      tell(
          text.backOverBlanks(at) - 1,
          "'%' takes the remainder",
          "for percent, write a fraction such as 0.05");
    } else if (isMissingBefore(at)) {
      int end = text.backOverBlanks(at);
      int start = end;
      while (start > 0 && "&|=<>!*/%+-?:(,[".indexOf(text.at(start - 1)) >= 0) {
        start--;
      }
      tell(
          start,
          "nothing follows '" + text.slice(start, end) + "'",
          "finish the condition, or remove it");
    } else if (open >= 0) {
      unclosed(at);
    } else {
      String word = text.wordBefore(at);
      boolean choice = text.toString().indexOf('?') >= 0;
      tell(
          at,
          "the expression ends too early",
          choice
              ? "to choose, write a ? b : c"
              : word.equalsIgnoreCase("in") ? "behind in stands a list" : "finish the condition");
    }
  }

  private void unclosed(int at) {
    int open = text.unclosed(at);
    String bracket = open < 0 ? "(" : text.slice(open, open + 1);
    String closing = bracket.equals("[") ? "]" : bracket.equals("{") ? "}" : ")";
    tell(
        Math.max(0, open),
        "'" + bracket + "' is not closed",
        bracket.equals("{")
            ? "expressions take no braces; write the name alone"
            : "add " + closing);
  }

  private String helpForWord(String word, int at) {
    String help = WORDS.get(word.toLowerCase(Locale.ROOT));
    boolean behindNumber = isDigit(text.at(at - 1));
    if (behindNumber && TIME_UNITS.contains(word)) {
      return "write a span as duration(\"" + numberBefore(at) + word + "\"), in h, m, s or ms";
    }
    if (word.startsWith("_") && behindNumber) {
      return "write the number without underscores";
    }
    if (isDigit(word.codePointAt(0)) && isDigit(text.lastBefore(at))) {
      return "write the number without spaces";
    }
    if (help != null) {
      return word.equals("is") && text.wordAt(text.skipBlanks(at + 2)).equals("null")
          ? "ask !has(event.<field>) whether it is missing"
          : help;
    }
    return switch (word) {
      case "," -> helpForComma(at);
      case ")", "]" -> "remove it, or open it before";
      case "}", "{" -> "expressions take no braces; write the name alone";
      case "!" -> "for unequal, write !=; for not, write !(…) before";
      case ":" ->
          text.lastBefore(at) == '?'
              ? "to choose, write a ? b : c"
              : "a part is selected with a dot: event.<field>";
      default ->
          ExpressionText.isWord(word.codePointAt(0)) && isDigit(text.lastBefore(at))
              ? "write the number alone, without a unit"
              : "";
    };
  }

  private String helpForComma(int at) {
    if (isDigit(text.at(at - 1)) && isDigit(text.at(at + 1))) {
      return "write the number without commas; before its fraction stands a point";
    }
    return text.unclosed(at) >= 0
        ? "lists stand in square brackets: [\"a\", \"b\"]"
        : "an expression is one condition; join two with &&";
  }

  private String numberBefore(int at) {
    int from = at;
    while (isDigit(text.at(from - 1))) {
      from--;
    }
    return text.slice(from, at);
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  /** A dot with something else around it than it needs. */
  private void noWay(String input, int at) {
    int dot = text.lastBefore(at) == '.' ? text.backOverBlanks(at) - 1 : at;
    String of = text.wordBefore(dot);
    String behind = input.startsWith(".") ? input.substring(1).strip() : input;
    if (!input.startsWith(".")) {
      tell(at, "cannot read " + quoted(input), "");
    } else if (behind.startsWith(".")) {
      tell(dot, "'..' has a dot too many", "");
    } else if (behind.startsWith("\"") || behind.startsWith("'")) {
      String part = behind.substring(1, behind.length() - 1);
      tell(at, "a part stands without quotes", "write " + of + "." + part);
    } else if (of.isEmpty() || isDigit(of.codePointAt(0))) {
      tell(dot, "a dot alone", "a number has digits on both sides of the point");
    } else if (!behind.isEmpty() && ExpressionText.isWord(behind.codePointAt(0))) {
      tell(at, "'" + behind + "' is a reserved word", "no field can have this name");
    } else {
      tell(dot, "nothing follows the dot", "write the field behind it: event.<field>");
    }
  }
}
