package io.vigia.server.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads a decision's outcome and nothing more, so that it costs next to nothing. */
final class DecisionGlance {
  private static final JsonFactory JSON = new JsonFactory();

  private DecisionGlance() {}

  /** The outcome; empty for bytes that are no decision. */
  static String outcome(byte[] decision) {
    try (JsonParser parser = JSON.createParser(decision)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals("outcome")) {
          return parser.getText();
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      // Not JSON, or no decision: the store keeps it apart.
    }
    return "";
  }
}
