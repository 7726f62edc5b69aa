package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.vigia.core.problem.Place;
import java.util.Locale;

/** Words what the JSON parser has to say about broken JSON as a problem of ours. */
final class JsonMistake {
  private static final int LONGEST = 160;

  private JsonMistake() {}

  static void report(JsonProcessingException mistake, EventProblems problems) {
    JsonLocation location = mistake.getLocation();
    int line = location == null ? 1 : Math.max(1, location.getLineNr());
    int column = location == null ? 1 : Math.max(1, location.getColumnNr());
    Place place = problems.at(line - 1, column);
    if (mistake instanceof StreamConstraintsException) {
      String message = mistake.getOriginalMessage();
      if (message.startsWith("Name")) {
        problems.tooMuch(
            place,
            "found a name of more than "
                + EventLimits.NAME_CHARS
                + " characters in the JSON, expected at most that",
            "");
      } else {
        problems.tooMuch(place, "the JSON is beyond a limit: " + plain(message), "");
      }
      return;
    }
    problems.malformed(
        place,
        "not valid JSON at "
            + (line > 1 ? "line " + line + ", " : "")
            + "column "
            + column
            + ": "
            + plain(mistake.getOriginalMessage()),
        "");
  }

  /** One line, in lower case, without the parser's remarks about itself. */
  private static String plain(String message) {
    String plain = message;
    for (String end :
        new String[] {"\n", " (start marker", " at [Source", "; line:", " (through"}) {
      int at = plain.indexOf(end);
      plain = at < 0 ? plain : plain.substring(0, at);
    }
    if (plain.length() > LONGEST) {
      plain = plain.substring(0, LONGEST - 1) + "…";
    }
    return plain.isEmpty()
        ? "unreadable"
        : plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
  }
}
