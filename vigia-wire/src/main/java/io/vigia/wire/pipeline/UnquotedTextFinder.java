package io.vigia.wire.pipeline;

import io.vigia.wire.pipeline.UnquotedText.Misread;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the text around a place where YAML went wrong for an expression that lacks its quotes.
 *
 * <p><b>Units and bounds.</b> Looks at the line and the {@value #LINES_ABOVE} above it, at most
 * {@value #LINE_MAX} characters of each.
 */
final class UnquotedTextFinder {
  private static final int LINES_ABOVE = 3;
  private static final int LINE_MAX = 4096;

  /*
   * A word whose value is an expression or a text, then its value. YAML cannot say any more what
   * stood there, so the lines are searched; what is found must be unsafe by YAML's rules for plain
   * and quoted scalars before it is called a mistake.
   */
  private static final Pattern WORD =
      Pattern.compile(
          "(?:^|[\\s{,])("
              + Stream.concat(
                      PipelineGrammar.CONDITION_WORDS.stream(), PipelineGrammar.TEXT_WORDS.stream())
                  .sorted()
                  .collect(Collectors.joining("|"))
              + ")[ \\t]*:(?=[ \\t]|$)");

  private static final Pattern KEY_OR_ITEM =
      Pattern.compile("(?:-(?: .*)?|[A-Za-z_][A-Za-z0-9_]*[ \\t]*:(?:[ \\t].*)?)");
  private static final Pattern KEY_BEFORE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)[ \\t]*:[ \\t]+$");
  private static final Pattern COLON = Pattern.compile(":(?:\\s|$)");
  private static final Pattern COMMENT = Pattern.compile("[ \\t]#");

  /** Where a comment begins that no expression holds: a space follows. */
  private static final Pattern COMMENT_AFTER = Pattern.compile("(?:^|[ \\t])#(?:[ \\t]|$)");

  /** How a text of several lines begins, {@code |} or {@code >-}, with nothing else on its line. */
  private static final Pattern BLOCK =
      Pattern.compile("(?s)[|>][-+0-9]{0,2}[ \\t]*(?:#[^\\r\\n]*)?(?:[\\r\\n].*)?");

  private static final Set<Character> RESERVED = Set.of('%', '@', '`');

  private final SourceText source;

  UnquotedTextFinder(SourceText source) {
    this.source = source;
  }

  /** The expression or text that made the parser stop, if one did. */
  Optional<UnquotedText> at(YamlSyntaxError error) {
    int bracket = error.before().outerBracket();
    int flowSince = bracket < 0 ? Integer.MAX_VALUE : source.line(bracket);
    Optional<UnquotedText> found = around(error.at(), flowSince);
    return found.isPresent() ? found : template(error.at());
  }

  /** The expression or text in which {@code index} lies, if it lacks its quotes. */
  Optional<UnquotedText> around(int index) {
    return around(index, Integer.MAX_VALUE);
  }

  private Optional<UnquotedText> around(int index, int flowSince) {
    int last = source.line(index);
    for (int line = last; line >= Math.max(0, last - LINES_ABOVE); line--) {
      Optional<UnquotedText> found = onLine(line, line > flowSince);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<UnquotedText> onLine(int line, boolean startsInFlow) {
    int lineStart = source.lineStart(line);
    int lineEnd = Math.min(source.lineEnd(line), lineStart + LINE_MAX);
    String text = source.slice(lineStart, lineEnd);
    Matcher comment = COMMENT_AFTER.matcher(text);
    int commentAt = comment.find() ? comment.start() : text.length();
    Matcher words = WORD.matcher(text);
    int searchFrom = 0;
    int depth = 0;
    int scanned = 0;
    while (searchFrom <= text.length() && words.find(searchFrom) && words.start(1) < commentAt) {
      depth = ExpressionScan.depth(text, scanned, words.start(1), depth);
      scanned = words.start(1);
      boolean flow = startsInFlow || depth > 0;
      String word = words.group(1);
      boolean condition = PipelineGrammar.CONDITION_WORDS.contains(word);
      int keyColumn = text.codePointCount(0, words.start(1));
      int valueFrom = lineStart + text.codePointCount(0, words.end());
      Region region = region(line, keyColumn, valueFrom, flow, condition);
      if (region != null) {
        Misread misread = misread(region.text, flow, condition);
        if (misread != null) {
          return Optional.of(
              new UnquotedText(word, condition, misread, region.text, region.start, region.end));
        }
      }
      int consumed = region == null ? 0 : source.slice(lineStart, region.end).length();
      searchFrom = Math.max(words.end(), consumed);
    }
    return Optional.empty();
  }

  /** A value as it stands in the file. */
  private record Region(int start, int end, String text) {}

  private @Nullable Region region(
      int line, int keyColumn, int valueFrom, boolean flow, boolean condition) {
    int at = line;
    int start = source.skipBlanks(valueFrom, source.lineEnd(line));
    if (start == source.lineEnd(line)) {
      at = line + 1;
      if (flow || !isContinuation(at, keyColumn)) {
        return null;
      }
      start = source.contentStart(at);
    }
    int end = flow ? flowEnd(start, source.lineEnd(at), condition) : source.lineEnd(at);
    if (!flow) {
      while (isContinuation(at + 1, keyColumn)) {
        at++;
        end = source.lineEnd(at);
      }
    }
    end = source.trimEnd(start, end);
    return end == start ? null : new Region(start, end, source.slice(start, end));
  }

  /** Whether a line is a further line of the value of a key in {@code keyColumn}. */
  private boolean isContinuation(int line, int keyColumn) {
    if (line >= source.lines()) {
      return false;
    }
    int content = source.contentStart(line);
    int end = source.lineEnd(line);
    return content < end
        && source.column(content) > keyColumn
        && !KEY_OR_ITEM.matcher(source.slice(content, Math.min(end, content + LINE_MAX))).matches();
  }

  /** Where a value within braces ends: at the comma or brace that belongs to the braces. */
  private int flowEnd(int start, int lineEnd, boolean condition) {
    String rest = source.slice(start, Math.min(lineEnd, start + LINE_MAX));
    int end = ExpressionScan.endInFlow(rest, condition);
    return start + rest.codePointCount(0, end);
  }

  /** What YAML makes of a value, or null when it reads what was written. */
  static @Nullable Misread misread(String value, boolean flow, boolean condition) {
    char first = value.charAt(0);
    if (first == '"' || first == '\'') {
      return goesOnBehindQuote(value) ? Misread.QUOTE : null;
    }
    if (RESERVED.contains(first)) {
      return Misread.RESERVED;
    }
    Misread byFirst =
        switch (first) {
          case '!' -> Misread.TAG;
          case '&' -> Misread.ANCHOR;
          case '*' -> Misread.ALIAS;
          case '[' -> ExpressionScan.goesOnBehindBracket(value) ? Misread.LIST : null;
          case '{' -> misreadBrace(value);
          case ',' -> Misread.INDICATOR;
          case '|', '>' -> !flow && BLOCK.matcher(value).matches() ? null : Misread.BLOCK;
          case '?', '-', ':' -> value.matches("(?s).(?:\\s.*)?") ? Misread.INDICATOR : null;
          default -> null;
        };
    return byFirst != null || "|>[{".indexOf(first) >= 0
        ? byFirst
        : misreadInside(value, flow, condition);
  }

  private static @Nullable Misread misreadBrace(String value) {
    if (value.startsWith("{{")) {
      return Misread.TEMPLATE;
    }
    return ExpressionScan.goesOnBehindBracket(value) ? Misread.MAPPING : null;
  }

  private static @Nullable Misread misreadInside(String value, boolean flow, boolean condition) {
    int comment = commentStart(value);
    boolean cut = comment >= 0 && isCut(value, comment, condition);
    String read = comment >= 0 && !cut ? value.substring(0, comment) : value;
    if (COLON.matcher(read).find()) {
      return Misread.COLON;
    }
    if (cut) {
      return Misread.COMMENT;
    }
    if (!flow) {
      return null;
    }
    if (read.contains("{{")) {
      return Misread.TEMPLATE;
    }
    if (read.indexOf('[') >= 0 || read.indexOf(']') >= 0) {
      return Misread.LIST;
    }
    if (read.indexOf('{') >= 0 || read.indexOf('}') >= 0) {
      return Misread.MAPPING;
    }
    return read.indexOf(',') >= 0 ? Misread.COMMA : null;
  }

  /** Where YAML begins a comment, or -1. */
  private static int commentStart(String value) {
    Matcher comment = COMMENT.matcher(value);
    return comment.find() ? comment.start() : -1;
  }

  /**
   * Whether {@code #} cuts something off rather than beginning a comment: an expression that is
   * left with an open quote or bracket, a text in which the {@code #} is stuck to a word.
   */
  static boolean isCut(String value, int comment, boolean condition) {
    String before = value.substring(0, comment);
    if (condition) {
      return ExpressionScan.of(before, true).isOpen();
    }
    String after = value.substring(comment).stripLeading();
    return ExpressionScan.of(before, false).isOpen()
        || (after.length() > 1 && Character.isLetterOrDigit(after.charAt(1)));
  }

  private static boolean goesOnBehindQuote(String value) {
    int close = closingQuote(value);
    if (close < 0) {
      return false;
    }
    String rest = value.substring(close + 1);
    return !rest.isBlank() && !rest.matches("(?s)[ \\t]+#.*");
  }

  /** The index of the quote that ends the quoted text at the start of a value, or -1. */
  private static int closingQuote(String value) {
    char quote = value.charAt(0);
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quote == '"' && c == '\\') {
        i++;
      } else if (c == quote) {
        if (quote == '\'' && i + 1 < value.length() && value.charAt(i + 1) == quote) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }

  /** A value with <code>{{n}}</code> at which the parser stopped: the value of any key. */
  Optional<UnquotedText> template(int index) {
    int line = source.line(index);
    int lineStart = Math.max(source.lineStart(line), index - LINE_MAX);
    int lineEnd = Math.min(source.lineEnd(line), index + LINE_MAX);
    String text = source.slice(lineStart, lineEnd);
    int near = source.slice(lineStart, index).length();
    int open = text.lastIndexOf("{{", near);
    int close = open < 0 ? -1 : text.indexOf("}}", open);
    if (close < 0 || ExpressionScan.isQuotedAt(text, open)) {
      return Optional.empty();
    }
    int start = open;
    while (start > 0 && " \t{[,".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    int end = close + 2;
    while (end < text.length() && ",]}".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    Matcher key = KEY_BEFORE.matcher(text.substring(0, start));
    String written = text.substring(start, end).stripTrailing();
    int from = lineStart + text.codePointCount(0, start);
    return Optional.of(
        new UnquotedText(
            key.find() ? key.group(1) : "",
            false,
            Misread.TEMPLATE,
            written,
            from,
            from + written.codePointCount(0, written.length())));
  }
}
