package io.vigia.wire.decision;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;

/** Reads the small records, whose members are all texts. */
final class FlatJson {
  private FlatJson() {}

  static Map<String, String> read(byte[] json) {
    try (JsonParser parser = DecisionReader.JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a record must be a JSON object: got other bytes");
      }
      return DecisionReader.members(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("a record must be valid JSON: " + e.getMessage(), e);
    }
  }

  static String member(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a record must have '" + name + "': got none");
    }
    return value;
  }
}
