package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.JsonNode;

/** An entry of a list in words. */
final class EntryLine {
  private EntryLine() {}

  /** Where it comes from, how long it counts and its note, without its value. */
  static String state(JsonNode entry) {
    String until = entry.path("until").asText("");
    String note = entry.path("note").asText("");
    return source(entry)
        + (until.isEmpty() || isEnded(entry) ? "" : " until " + until)
        + (note.isEmpty() ? "" : ": " + note);
  }

  private static String source(JsonNode entry) {
    boolean declared = entry.path("declared").asBoolean();
    if (!entry.has("from")) {
      return "declared in the file";
    }
    if (isEnded(entry)) {
      String ended = "ended " + entry.path("until").asText();
      return declared ? "declared in the file; what was said " + ended : ended;
    }
    if (entry.path("in").asBoolean()) {
      return declared ? "added, and declared in the file" : "added";
    }
    return "removed, though the file declares it";
  }

  private static boolean isEnded(JsonNode entry) {
    return entry.path("ended").asBoolean();
  }
}
