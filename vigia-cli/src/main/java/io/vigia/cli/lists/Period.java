package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.cli.WrongInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a change counts, and why it was made. */
final class Period {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long it counts, such as 12h or 7d, by the events' own time.")
  @Nullable String length;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Until when, such as 2026-12-31T00:00:00Z. Default: for ever.")
  @Nullable String until;

  @Option(names = "--note", paramLabel = "TEXT", description = "Who, and why.")
  @Nullable String note;

  /** What is sent. */
  ObjectNode body() {
    if (length != null && until != null) {
      throw new WrongInputException("--for and --until exclude each other", "give one of them");
    }
    ObjectNode body = JSON.createObjectNode();
    if (length != null) {
      body.put("for", length);
    }
    if (until != null) {
      body.put("until", until);
    }
    if (note != null) {
      body.put("note", note);
    }
    return body;
  }
}
