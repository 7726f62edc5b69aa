package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import java.io.IOException;
import java.util.List;

/**
 * Problems with events as {@code application/problem+json}.
 *
 * <p><b>Shape.</b> {@code {"type":"about:blank","title":"the event was
 * refused","status":400,"detail":"…",
 * "problems":[{"code":"VG-EVENT-003","field":"amount","message":"…","help":"…"}]}}; {@code field}
 * is null where a problem is not about one, {@code help} is absent where there is none.
 *
 * <p><b>Source.</b> RFC 9457.
 */
public final class ProblemJson {
  private ProblemJson() {}

  /** The body that answers the sender of one refused event. */
  public static byte[] encode(List<Problem> problems, JsonBytes into) {
    String detail = problems.isEmpty() ? "" : problems.get(0).message();
    return encode("the event was refused", status(problems), detail, problems, into);
  }

  /** A body with a title, status and detail of its own. */
  public static byte[] encode(
      String title, int status, String detail, List<Problem> problems, JsonBytes into) {
    return into.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("type", "about:blank");
          out.writeStringField("title", title);
          out.writeNumberField("status", status);
          out.writeStringField("detail", detail);
          writeProblems(out, problems);
          out.writeEndObject();
        });
  }

  /** The name {@code problems} and the list of them, inside an object that was begun. */
  public static void writeProblems(JsonGenerator out, List<Problem> problems) throws IOException {
    out.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      FieldProblem told = FieldProblem.of(problem);
      out.writeStartObject();
      out.writeStringField("code", told.code());
      out.writeStringField("field", told.field());
      out.writeStringField("message", told.message());
      if (!told.help().isEmpty()) {
        out.writeStringField("help", told.help());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /**
   * The HTTP status that answers them: 400 as soon as one is malformed or mistyped, else 409 for
   * other content under a known id, 413 for too much, 422 for a time that is not taken.
   */
  public static int status(List<Problem> problems) {
    return problems.stream().mapToInt(problem -> statusOf(problem.code())).min().orElse(400);
  }

  private static int statusOf(ProblemCode code) {
    if (code == ProblemCode.EVENT_CONFLICT) {
      return 409;
    }
    if (code == ProblemCode.EVENT_LIMIT) {
      return 413;
    }
    return code == ProblemCode.EVENT_TIME ? 422 : 400;
  }
}
