package io.vigia.wire.pipeline;

import io.vigia.core.problem.ProblemCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the words of a pipeline's author why the YAML parser stopped, and what to do.
 *
 * <p><b>Errors.</b> Every syntax error becomes one problem; one whose cause is not recognised keeps
 * the parser's wording.
 */
final class YamlErrorTranslator {
  private static final Pattern NO_SPACE =
      Pattern.compile("(?:-[ \\t]+)*([A-Za-z_][A-Za-z0-9_]*):([^\\s:/].*)");
  private static final Pattern KEY =
      Pattern.compile("(?:-[ \\t]+)*[A-Za-z_][^:\\s]*[ \\t]*:(?:\\s.*)?");
  private static final Pattern KEY_AND_VALUE =
      Pattern.compile("(?:-[ \\t]+)*([A-Za-z_][^:\\s]*)[ \\t]*:[ \\t]+(\\S.*)");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

  private final SourceText source;

  YamlErrorTranslator(SourceText source) {
    this.source = source;
  }

  /**
   * A translated error: where, what, and the next step.
   *
   * <p><b>Shape.</b> {@code cause} lies in what must be left out for the rest to make sense.
   */
  record Translation(ProblemCode code, int at, int cause, String message, String help) {}

  private static Translation syntax(int at, String message, String help) {
    return new Translation(ProblemCode.YAML_SYNTAX, at, at, message, help);
  }

  private static Translation misuse(YamlMisuse.Kind kind, int at) {
    return new Translation(kind.code, at, at, kind.message, kind.help);
  }

  Translation translate(YamlSyntaxError error) {
    Translation found = translation(error);
    int bracket = error.before().outerBracket();
    return bracket < 0
        ? found
        : new Translation(found.code, found.at, bracket, found.message, found.help);
  }

  private Translation translation(YamlSyntaxError error) {
    String problem = error.problem();
    int tab = tabInIndent(source.line(error.at()));
    if (tab >= 0) {
      return syntax(tab, "the line is indented with a tab", "indent with spaces");
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return colon(error);
    }
    if (problem.startsWith("could not find expected ':'")) {
      return noColon(error.contextAt() >= 0 ? error.contextAt() : error.at());
    }
    if (problem.startsWith("expected <block end>")) {
      return structure(error);
    }
    if (error.inBrackets()) {
      return brackets(error);
    }
    if (error.inQuotes()) {
      return quotes(error);
    }
    if (problem.contains("that cannot start any token")) {
      return strangeStart(error.at());
    }
    return other(error);
  }

  private int tabInIndent(int line) {
    int content = source.contentStart(line);
    for (int i = source.lineStart(line); i < content; i++) {
      if (source.at(i) == '\t') {
        return i;
      }
    }
    return -1;
  }

  private Translation colon(YamlSyntaxError error) {
    int line = source.line(error.at());
    int content = source.contentStart(line);
    int above = lineAbove(line);
    String text = source.slice(content, source.lineEnd(line));
    boolean firstColon = !source.slice(content, error.at()).contains(": ");
    if (!firstColon || above < 0 || !KEY.matcher(text).matches()) {
      Matcher pair = KEY_AND_VALUE.matcher(text);
      return syntax(
          error.at(),
          "a second ': ' on one line",
          pair.matches()
              ? "quote the value: " + Quote.shown(pair.group(1)) + ": " + quoted(pair.group(2))
              : "quote the text that holds it");
    }
    int columnAbove = keyColumn(above);
    if (source.column(content) <= columnAbove) {
      return noColon(source.contentStart(above));
    }
    return syntax(
        content,
        Quote.of(source.slice(content, error.at()).strip())
            + " is indented deeper than the line above it, which already has a value",
        "begin it in column " + (columnAbove + 1) + ", as the line above, or remove that value");
  }

  private static String quoted(String text) {
    return "'" + Quote.shown(text.strip()).replace("'", "''") + "'";
  }

  /** The column of a line's word, behind the dashes of list items. */
  private int keyColumn(int line) {
    int at = source.contentStart(line);
    int end = source.lineEnd(line);
    while (source.at(at) == '-' && at + 1 < end && source.at(at + 1) == ' ') {
      at = source.skipBlanks(at + 1, end);
    }
    return source.column(at);
  }

  private int lineAbove(int line) {
    for (int above = line - 1; above >= 0; above--) {
      if (!isEmpty(above)) {
        return above;
      }
    }
    return -1;
  }

  private boolean isEmpty(int line) {
    int content = source.contentStart(line);
    return content == source.lineEnd(line) || source.at(content) == '#';
  }

  private Translation noColon(int at) {
    String text = source.slice(at, source.lineEnd(source.line(at))).strip();
    Matcher noSpace = NO_SPACE.matcher(text);
    if (noSpace.matches()) {
      return syntax(
          at,
          "no space behind the colon of " + Quote.of(noSpace.group(1)),
          "write " + Quote.shown(noSpace.group(1)) + ": " + Quote.shown(noSpace.group(2)));
    }
    return syntax(
        at,
        "expected 'word: value', found " + Quote.of(text),
        "add the colon, or indent the line deeper if it continues the one above");
  }

  private Translation structure(YamlSyntaxError error) {
    int content = source.contentStart(source.line(error.at()));
    String found = found(error);
    if (error.at() > content && found.equals("<scalar>")) {
      return behindValue(error);
    }
    if (found.equals("<block mapping start>") || found.equals("<scalar>")) {
      return syntax(
          content,
          "the line is indented like none of the lines above it",
          "begin it in the same column as the lines that it belongs to");
    }
    if (found.equals("-") || found.equals("<block sequence start>")) {
      return syntax(
          error.at(),
          "a list item ('- …') among lines of the form 'word: value'",
          "a list needs a word of its own above it, or other indentation");
    }
    if (found.equals("?") || found.equals("<key>")) {
      return syntax(
          content,
          "a line of the form 'word: value' among list items ('- …')",
          "begin it in the column behind the '- ' of the item that it belongs to");
    }
    return syntax(
        error.at(),
        "expected the end of a value, found " + Quote.of(found),
        "check the lines above");
  }

  /** Text behind a value: mostly a quoted one, which may have begun on a line above. */
  private Translation behindValue(YamlSyntaxError error) {
    int start = error.before().textStart();
    int quote = source.at(start);
    boolean open = (quote == '\'' || quote == '"') && source.line(start) < source.line(error.at());
    return open
        ? notClosed(start)
        : syntax(error.at(), "text behind the end of a value", "put the whole value in quotes");
  }

  private Translation notClosed(int at) {
    boolean single = source.at(at) == '\'';
    return syntax(
        at,
        "the quote " + (single ? "'" : "\"") + " is not closed",
        single
            ? "add ' where the text ends; an apostrophe inside it is written ''"
            : "add \" where the text ends");
  }

  /** What the parser says that it found. */
  private static String found(YamlSyntaxError error) {
    String problem = error.problem();
    int from = Math.max(problem.indexOf("but found"), problem.indexOf("but got"));
    String rest = from < 0 ? "" : problem.substring(from).replaceFirst("but (?:found|got)", "");
    Matcher quoted = QUOTED.matcher(rest);
    return quoted.find() ? quoted.group(1) : rest.strip();
  }

  private Translation brackets(YamlSyntaxError error) {
    int at = error.at();
    int open = error.before().innerBracket();
    if (open < 0) {
      return syntax(at, "expected a value, found " + foundHere(at), "write a value, or quote it");
    }
    String closing = source.at(open) == '{' ? "'}'" : "']'";
    if (at >= source.length() || isWordOnLaterLine(open, at)) {
      return syntax(
          open,
          Quote.of(Character.toString(source.at(open))) + " is not closed",
          "add " + closing + " where the values end");
    }
    if (error.context().contains("node")) {
      return syntax(at, "expected a value, found " + foundHere(at), "write a value, or quote it");
    }
    if (source.at(at) == ':') {
      return syntax(
          at,
          "a second ': ' in one value",
          "separate entries by ', ', or quote the value that holds it");
    }
    return syntax(
        at,
        "expected ',' or " + closing + ", found " + foundHere(at),
        "separate values by ', ', and quote a value that has brackets or braces in it");
  }

  /** Whether an error within brackets is on a line that looks as if it belonged behind them. */
  private boolean isWordOnLaterLine(int open, int at) {
    int line = source.line(at);
    return line > source.line(open)
        && KEY.matcher(source.slice(source.contentStart(line), source.lineEnd(line))).matches();
  }

  private String foundHere(int at) {
    return at >= source.length()
        ? "the end of the file"
        : Quote.of(source.slice(at, source.lineEnd(source.line(at))).strip());
  }

  private Translation quotes(YamlSyntaxError error) {
    if (error.problem().contains("escape")) {
      int at = error.at() - 1;
      return syntax(
          at,
          "no such escape in double quotes: " + Quote.of(source.slice(at, at + 2)),
          "use single quotes, in which a backslash is an ordinary character, or write \\\\");
    }
    return notClosed(error.contextAt() >= 0 ? error.contextAt() : error.at());
  }

  private Translation strangeStart(int at) {
    int character = source.at(at);
    if (character == '\t') {
      return syntax(at, "a tab where none can stand", "use spaces");
    }
    if (character == '%' && source.column(at) == 0) {
      return misuse(YamlMisuse.Kind.DIRECTIVE, at);
    }
    int end = at;
    while (end < source.lineEnd(source.line(at)) && ",]}".indexOf(source.at(end)) < 0) {
      end++;
    }
    return syntax(
        at,
        "no value can begin with " + Quote.of(Character.toString(character)),
        "quote it: " + quoted(source.slice(at, end)));
  }

  /**
   * A line to the left of all the others: behind the end of a document, or below an indented one.
   */
  private Translation behindTheFirst(int at) {
    int first = 0;
    for (int line = 0; line < source.line(at); line++) {
      if (source.lineText(line).startsWith("...")) {
        return misuse(YamlMisuse.Kind.SECOND_DOCUMENT, at);
      }
      first = line == first && isEmpty(line) ? line + 1 : first;
    }
    return syntax(
        source.contentStart(first),
        "the first line of the file is indented, lines further below are not",
        "begin all sections in the first column");
  }

  private Translation other(YamlSyntaxError error) {
    String problem = error.problem();
    String context = error.context();
    int begun = error.contextAt() >= 0 ? error.contextAt() : error.at();
    if (context.contains("anchor")) {
      return misuse(YamlMisuse.Kind.ANCHOR, begun);
    }
    if (context.contains("alias")) {
      return misuse(YamlMisuse.Kind.ALIAS, begun);
    }
    if (context.contains("tag") || problem.contains("tag handle")) {
      return misuse(YamlMisuse.Kind.TAG, begun);
    }
    if (context.contains("directive") || problem.contains("directive")) {
      return misuse(YamlMisuse.Kind.DIRECTIVE, begun);
    }
    if (context.contains("block scalar")) {
      return syntax(
          begun,
          Quote.of(Character.toString(source.at(begun)))
              + " begins a text of several lines, nothing else can stand behind it",
          "begin the text on the next line, indented, or quote it");
    }
    if (problem.contains("<document start>")) {
      return behindTheFirst(error.at());
    }
    if (problem.startsWith("sequence entries are not allowed")) {
      return syntax(
          error.at(), "a list item ('- …') cannot begin here", "begin the list on the next line");
    }
    if (problem.startsWith("expected the node content")) {
      return syntax(
          error.at(),
          "expected a value, found " + foundHere(error.at()),
          "write a value, or quote it");
    }
    return syntax(
        error.at(), "the YAML parser stopped here: " + Quote.shown(problem), "quote the value");
  }
}
