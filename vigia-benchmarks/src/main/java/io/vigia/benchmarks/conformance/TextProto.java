package io.vigia.benchmarks.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text form of protocol-buffer messages without their schema.
 *
 * <p><b>Shape.</b> A message is its fields by name, each with all its values in order: a text for a
 * scalar (quoted ones unescaped, as ISO-8859-1 where they are no UTF-8), a message for a message.
 *
 * <p><b>Errors.</b> What is no such text throws {@link IllegalArgumentException} with its offset.
 */
final class TextProto {
  /** A message's fields. */
  record Message(Map<String, List<Object>> fields) {
    List<Message> messages(String name) {
      return fields.getOrDefault(name, List.of()).stream().map(Message.class::cast).toList();
    }

    @Nullable Message message(String name) {
      List<Message> all = messages(name);
      return all.isEmpty() ? null : all.get(0);
    }

    String text(String name) {
      List<Object> all = fields.getOrDefault(name, List.of());
      return all.isEmpty() ? "" : (String) all.get(0);
    }

    boolean isTrue(String name) {
      return text(name).equals("true");
    }
  }

  private final String text;
  private int at;

  private TextProto(String text) {
    this.text = text;
  }

  static Message parse(String text) {
    TextProto parser = new TextProto(text);
    Message message = parser.fields();
    if (parser.at < text.length()) {
      throw parser.unexpected();
    }
    return message;
  }

  private Message fields() {
    Map<String, List<Object>> fields = new LinkedHashMap<>();
    for (char next = peek(); next != 0 && next != '}' && next != '>'; next = peek()) {
      String name = next == '[' ? bracketed() : word();
      if (peek() == ':') {
        at++;
      }
      List<Object> values = fields.computeIfAbsent(name, n -> new ArrayList<>());
      if (peek() == '[') {
        list(values);
      } else {
        values.add(value());
      }
      if (peek() == ',' || peek() == ';') {
        at++;
      }
    }
    return new Message(fields);
  }

  private void list(List<Object> values) {
    at++;
    while (peek() != ']') {
      values.add(value());
      if (peek() == ',') {
        at++;
      }
    }
    at++;
  }

  private Object value() {
    char next = peek();
    if (next == '{' || next == '<') {
      at++;
      Message inner = fields();
      if (peek() != '}' && peek() != '>') {
        throw unexpected();
      }
      at++;
      return inner;
    }
    return next == '"' || next == '\'' ? quoted() : word();
  }

  private String bracketed() {
    int end = text.indexOf(']', at);
    String name = text.substring(at + 1, end);
    at = end + 1;
    return name;
  }

  private String word() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
    return text.substring(start, at);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+';
  }

  /** One quoted text, or several that follow one another. */
  private String quoted() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (char quote = peek(); quote == '"' || quote == '\''; quote = peek()) {
      at++;
      while (text.charAt(at) != quote) {
        if (text.charAt(at) == '\\') {
          escape(bytes);
        } else {
          int point = text.codePointAt(at);
          bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
          at += Character.charCount(point);
        }
      }
      at++;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void escape(ByteArrayOutputStream bytes) {
    char c = text.charAt(at + 1);
    at += 2;
    int simple = "abfnrtv\\'\"?".indexOf(c);
    if (simple >= 0) {
      bytes.write("\u0007\b\f\n\r\t\u000b\\'\"?".charAt(simple));
    } else if (c == 'x' || c == 'X') {
      bytes.write(digits(16, 2));
    } else if (c == 'u' || c == 'U') {
      bytes.writeBytes(
          Character.toString(digits(16, c == 'u' ? 4 : 8)).getBytes(StandardCharsets.UTF_8));
    } else {
      at--;
      bytes.write(digits(8, 3));
    }
  }

  private int digits(int radix, int most) {
    int value = 0;
    for (int i = 0; i < most && Character.digit(text.charAt(at), radix) >= 0; i++) {
      value = value * radix + Character.digit(text.charAt(at++), radix);
    }
    return value;
  }

  /** The next character that is neither blank nor comment; 0 at the end. */
  private char peek() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return c;
      }
    }
    return 0;
  }

  private IllegalArgumentException unexpected() {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException("offset " + at + ": found " + found);
  }
}
