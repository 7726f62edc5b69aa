package io.vigia.cli.pipeline;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.util.Locale;

/** Problems for programs. */
final class ProblemsJson {
  private ProblemsJson() {}

  /** Writes the member {@code problems}, and {@code more} where some were left out. */
  static void write(Problems problems, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("problems");
    for (Problem problem : problems.sorted()) {
      out.writeStartObject();
      out.writeStringField("code", problem.code().text());
      out.writeStringField("severity", problem.severity().name().toLowerCase(Locale.ROOT));
      out.writeStringField("file", problem.place().file());
      out.writeNumberField("line", problem.place().line());
      out.writeNumberField("column", problem.place().column());
      out.writeStringField("message", problem.message());
      if (!problem.help().isEmpty()) {
        out.writeStringField("help", problem.help());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    if (problems.beyondLimit() > 0) {
      out.writeNumberField("more", problems.beyondLimit());
    }
  }
}
