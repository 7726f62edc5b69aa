package io.vigia.wire.event;

import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;
import io.vigia.core.event.StreamSchema;
import org.jspecify.annotations.Nullable;

/** Tells what is wrong with an event's id and key, beyond what is wrong with their fields. */
final class Identities {
  private Identities() {}

  static void check(
      StreamSchema stream, @Nullable String id, @Nullable String key, EventProblems problems) {
    Kind kind = stream.definition().id().kind();
    if (id != null) {
      checkText("id", id, kind != Kind.FIELDS, problems);
    } else if (kind == Kind.CLOUD_EVENT) {
      problems.identity(
          "the event has no id: stream '"
              + stream.name()
              + "' takes it from the CloudEvent, expected the attributes source and id",
          "send a CloudEvent, or name the field that has the id in the pipeline file: id: <field>");
    } else if (kind == Kind.LINE) {
      problems.identity(
          "the event has no id: stream '"
              + stream.name()
              + "' takes it from file and line, expected them as source and id of a CloudEvent",
          "send the file with: vigia send " + stream.name() + " <file>");
    }
    if (key != null) {
      checkText("key", key, false, problems);
    }
  }

  private static void checkText(String what, String text, boolean foreign, EventProblems problems) {
    if (text.isEmpty()) {
      problems.identity("the event's " + what + " is empty, expected a text", "");
    } else if (text.length() > EventLimits.IDENTITY_CHARS) {
      problems.identity(
          "the event's "
              + what
              + " "
              + Quoted.of(text)
              + " has "
              + text.length()
              + " characters, expected at most "
              + EventLimits.IDENTITY_CHARS,
          "");
    } else if (foreign && StringReader.odd(text) != null) {
      problems.identity(
          "the event's "
              + what
              + " "
              + Quoted.of(text)
              + " has a NUL or half a surrogate pair, expected a text of whole characters",
          "");
    }
  }
}
