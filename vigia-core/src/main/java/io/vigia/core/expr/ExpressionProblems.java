package io.vigia.core.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words, with the next step, what CEL's parser and checker found.
 *
 * <p>CEL counts lines from 1 and columns from 0, in code points.
 */
final class ExpressionProblems {
  private final ExpressionText text;
  private final Names names;
  private final Problems problems;

  ExpressionProblems(ExpressionText text, Names names, Problems problems) {
    this.text = text;
    this.names = names;
    this.problems = problems;
  }

  /** Tells of the first mistake of syntax; what follows it is noise. */
  void addSyntax(List<CelIssue> issues) {
    CelIssue first = issues.get(0);
    String message = first.getMessage();
    if (message.contains("has() macro")) {
      noHas(offset(first));
    } else if (message.contains("must be a simple name")) {
      tell(
          ProblemCode.EXPR_TYPE,
          offset(first),
          "the first argument is a name of your own for each value",
          "write list.exists(x, x > 3)");
    } else {
      new SyntaxProblems(text, problems).add(message, offset(first));
    }
  }

  private void noHas(int at) {
    String inner = text.inner(at);
    String found = inner == null ? "" : inner.strip();
    tell(
        ProblemCode.EXPR_TYPE,
        text.nameBefore("has", at),
        "'has' asks for an optional field, found '" + found + "'",
        names.isField(found) ? "write has(event." + found + ")" : names.hasHelp());
  }

  private void tell(ProblemCode code, int at, String found, String help) {
    problems.add(code, text.place(at), found, help);
  }

  private int offset(CelIssue issue) {
    return text.offset(
        Math.max(1, issue.getSourceLocation().getLine()) - 1,
        Math.max(0, issue.getSourceLocation().getColumn()));
  }

  /** Tells of everything that the checker found in a parsed expression. */
  void addChecking(List<CelIssue> issues, CelAbstractSyntaxTree parsed) {
    new Checking(issues, parsed).run();
  }

  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final Pattern NO_FIELD = Pattern.compile("undefined field '([^']*)'");
  private static final Pattern NO_OVERLOAD =
      Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*");
  private static final Pattern RESULT =
      Pattern.compile("expected type '[^']*' but found '([^']*)'");
  private static final Pattern NO_PARTS =
      Pattern.compile("type '([^']*)' does not support field selection");
  private static final Pattern NO_RANGE =
      Pattern.compile("expression of type '([^']*)' cannot be range of a comprehension.*");

  /** What is known while the mistakes of one expression are told. */
  private final class Checking {
    private final List<CelIssue> issues;
    private final Map<Long, CelExpr> parts;
    private final ExpressionPlaces places;
    private final CelExpr root;

    /** The calls of functions that do not exist: from parenthesis to parenthesis. */
    private final Map<Integer, Integer> unknownCalls = new LinkedHashMap<>();

    Checking(List<CelIssue> issues, CelAbstractSyntaxTree parsed) {
      this.issues = issues;
      this.parts = Operand.byId(parsed);
      this.places = new ExpressionPlaces(text, parsed);
      this.root = parsed.getExpr();
    }

    void run() {
      for (CelIssue issue : issues) {
        int at = offset(issue);
        if (UNDECLARED.matcher(issue.getMessage()).matches() && text.at(at) == '(') {
          unknownCalls.put(at, text.closing(at));
        }
      }
      for (CelIssue issue : issues) {
        // A type that is itself an error has been told of already.
        if (!issue.getMessage().contains("*error*")) {
          dispatch(issue, issue.getMessage(), offset(issue));
        }
      }
    }

    private void dispatch(CelIssue issue, String message, int at) {
      Matcher undeclared = UNDECLARED.matcher(message);
      Matcher noField = NO_FIELD.matcher(message);
      Matcher noOverload = NO_OVERLOAD.matcher(message);
      Matcher result = RESULT.matcher(message);
      Matcher noParts = NO_PARTS.matcher(message);
      Matcher noRange = NO_RANGE.matcher(message);
      if (undeclared.matches()) {
        undeclared(undeclared.group(1), at);
      } else if (noField.matches()) {
        undefinedField(noField.group(1), at);
      } else if (noOverload.matches()) {
        noOverload(noOverload.group(1), noOverload.group(2), parts.get(issue.getExprId()), at);
      } else if (result.matches()) {
        result(result.group(1), at);
      } else if (noParts.matches()) {
        noParts(noParts.group(1), at);
      } else if (noRange.matches()) {
        noRange(noRange.group(1), at);
      } else if (message.startsWith("Message type resolution failure")) {
        tell(
            ProblemCode.EXPR_TYPE, at, "nothing can be made of braces here", "write event.<field>");
      } else {
        tell(ProblemCode.EXPR_TYPE, at, message, "");
      }
    }

    private void undeclared(String name, int at) {
      if (text.at(at) == '(') {
        unknownFunction(name, at);
      } else if (!isNoise(name, at)) {
        unknownName(name, at);
      }
    }

    /** The variable of a misspelt exists(), or what stands before an unknown function. */
    private boolean isNoise(String name, int at) {
      int dot = at + name.length();
      int open = dot + 1 + text.wordAt(dot + 1).length();
      return (text.at(dot) == '.' && unknownCalls.containsKey(open))
          || unknownCalls.entrySet().stream()
              .anyMatch(call -> call.getKey() < at && at < call.getValue());
    }

    private void unknownFunction(String name, int at) {
      int start = text.nameBefore(name, at);
      boolean inner =
          unknownCalls.entrySet().stream()
              .anyMatch(call -> call.getKey() < at && at < call.getValue());
      if (inner) {
        return;
      }
      String written = Functions.written(name);
      if (written != null) {
        tell(
            ProblemCode.EXPR_TYPE,
            start,
            "'" + Spelling.written(name) + "' does not take what it is given",
            name.equals("has") ? names.hasHelp() : written);
      } else if (names.isReadable(name)) {
        tell(
            ProblemCode.EXPR_UNKNOWN,
            start,
            "'" + name + "' is no function",
            "write it without parentheses");
      } else {
        String before = text.at(start - 1) == '.' ? text.wordBefore(start - 1) : "";
        boolean qualified =
            !before.isEmpty()
                && !names.isReadable(before)
                && text.at(start - 2 - before.length()) != '.';
        tell(
            ProblemCode.EXPR_UNKNOWN,
            qualified ? start - 1 - before.length() : start,
            "unknown function '" + (qualified ? before + "." : "") + name + "'",
            Functions.helpFor((qualified ? before + "." : "") + name));
      }
    }

    private void unknownName(String name, int at) {
      Unreadable why = names.whyUnreadable(name);
      if (why != null && why.isTold()) {
        return;
      }
      if (why != null) {
        tell(why.code(), at, "'" + name + "' " + why.because(), why.help());
        return;
      }
      int behind = at + name.length();
      int next = text.at(behind);
      String part = next == '.' ? text.wordAt(behind + 1) : "";
      if (Functions.isLibrary(name) && text.at(behind + 1 + part.length()) == '(') {
        String function = name + "." + part;
        tell(
            ProblemCode.EXPR_UNKNOWN,
            at,
            "unknown function '" + function + "'",
            Functions.helpFor(function));
        return;
      }
      boolean alone = next != '.' && next != '[' && text.at(at - 1) != '/' && next != '/';
      tell(
          ProblemCode.EXPR_UNKNOWN,
          at,
          "unknown name '" + name + "'",
          names.helpFor(name, part, alone));
    }

    private void undefinedField(String field, int at) {
      int dot = text.at(at) == '.' ? at : text.toString().codePointCount(0, at(field, at));
      String of = ofTable(dot) ? text.pathBefore(dot) : text.wordBefore(dot);
      Unreadable why = names.whyUnreadable(of + "." + field);
      if (why != null) {
        if (!why.isTold()) {
          tell(
              why.code(),
              text.pathStart(dot),
              "'" + of + "." + field + "' " + why.because(),
              why.help());
        }
        return;
      }
      int start = text.skipBlanks(dot + 1);
      tell(
          ProblemCode.EXPR_UNKNOWN,
          text.at(dot) == '.' ? start : at,
          names.noPart(of, field),
          names.helpForPart(of, field));
    }

    private boolean ofTable(int dot) {
      String path = text.pathBefore(dot);
      return path.equals(Names.TABLES) || Variable.isOfTable(path);
    }

    /** The dot before a field of has(), which CEL points at as a whole. */
    private int at(String field, int at) {
      String all = text.toString();
      int from = all.offsetByCodePoints(0, at);
      int found = all.indexOf("." + field, from);
      return found < 0 ? from : found;
    }

    private void noOverload(String function, String types, @Nullable CelExpr expr, int at) {
      boolean onTarget = !types.startsWith("(");
      int open = types.indexOf(".(");
      List<String> operandTypes = new ArrayList<>();
      if (onTarget && open > 0) {
        operandTypes.add(types.substring(0, open));
        operandTypes.addAll(split(types.substring(open + 1)));
      } else {
        operandTypes.addAll(split(types));
      }
      List<CelExpr> exprs = new ArrayList<>();
      if (expr != null && expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
        expr.call().target().ifPresent(exprs::add);
        exprs.addAll(expr.call().args());
      }
      List<Operand> operands = new ArrayList<>();
      for (int i = 0; i < operandTypes.size(); i++) {
        operands.add(
            new Operand(
                operandTypes.get(i), exprs.size() == operandTypes.size() ? exprs.get(i) : null));
      }
      new TypeProblems(names, places, problems).add(function, operands, onTarget, at);
    }

    /** The types between the parentheses, those within other types' parentheses kept together. */
    private static List<String> split(String types) {
      List<String> parts = new ArrayList<>();
      int depth = 0;
      int from = 1;
      for (int i = 1; i < types.length(); i++) {
        char c = types.charAt(i);
        if (c == '(') {
          depth++;
        } else if ((c == ',' && depth == 0) || (c == ')' && depth-- == 0)) {
          if (i > from) {
            parts.add(types.substring(from, i).strip());
          }
          from = i + 1;
        }
      }
      return parts;
    }

    private void result(String type, int at) {
      Operand found = new Operand(type, root);
      if (found.hasParts()) {
        new TypeProblems(names, places, problems).withParts(found, at);
        return;
      }
      tell(
          ProblemCode.EXPR_RESULT,
          places.start(found, at),
          "a condition must give true or false, this gives " + found.typeWord(),
          "compare it: " + TypeProblems.comparisonOf(found));
    }

    private void noParts(String type, int at) {
      int start = text.skipBlanks(at + 1);
      String part = text.wordAt(start);
      String habit = Functions.isKnown(part) ? "call it with parentheses: " + part + "()" : "";
      tell(
          ProblemCode.EXPR_TYPE,
          start,
          Operand.typeWord(type) + " has no part '" + part + "'",
          habit.isEmpty() ? helpForPartOf(type, part) : habit);
    }

    private static String helpForPartOf(String type, String part) {
      return type.endsWith("Timestamp") || type.endsWith("Duration")
          ? Functions.ofTime(part)
              .map(name -> "write " + name + "()")
              .orElse("of a time there are getHours(), getDayOfWeek() and the like")
          : "remove what follows the dot";
    }

    private void noRange(String type, int at) {
      Operand over = new Operand(type, null);
      int open = text.at(at) == '(' ? at : -1;
      tell(
          ProblemCode.EXPR_TYPE,
          open < 0 ? at : open,
          "only a list can be gone through, this is " + over.typeWord(),
          over.isString()
              ? "of a text there are contains, startsWith, substring, split and the like"
              : "");
    }
  }
}
