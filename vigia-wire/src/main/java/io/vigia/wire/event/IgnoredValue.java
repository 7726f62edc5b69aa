package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Passes over an object or array that no field takes, but not over what is never allowed. */
final class IgnoredValue {
  private IgnoredValue() {}

  /**
   * Moves the parser from the start of a value to its end.
   *
   * @return false when the value is too deep to go on
   */
  static boolean skip(JsonParser parser, String name, EventProblems problems) throws IOException {
    Deque<Set<String>> open = new ArrayDeque<>();
    JsonToken token = parser.currentToken();
    while (true) {
      if (token.isStructStart()) {
        open.push(new HashSet<>(4));
        if (open.size() >= EventLimits.DEPTH) {
          problems.tooMuch(
              problems.at(1),
              "field '"
                  + Quoted.plain(name)
                  + "': found objects and arrays more than "
                  + EventLimits.DEPTH
                  + " deep, expected at most that",
              "");
          return false;
        }
      } else if (token.isStructEnd()) {
        open.pop();
        if (open.isEmpty()) {
          return true;
        }
      } else if (token == JsonToken.FIELD_NAME && !open.element().add(parser.currentName())) {
        problems.malformed(
            problems.at(1),
            "field '"
                + Quoted.plain(name)
                + "': the name "
                + Quoted.of(parser.currentName())
                + " stands twice in one object, expected once",
            "");
      }
      token = parser.nextToken();
    }
  }
}
