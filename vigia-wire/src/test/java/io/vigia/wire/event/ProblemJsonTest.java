package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemJsonTest {
  private static Problem problem(ProblemCode code, String message) {
    return new Problem(code, Place.of("stream s"), message, "");
  }

  @Test
  void fieldProblem_ofField_takesItOutOfTheMessage() {
    FieldProblem plain =
        FieldProblem.of(problem(ProblemCode.EVENT_FIELD_TYPE, "field 'amount': found 5: no"));
    assertEquals("amount", plain.field());
    assertEquals("found 5: no", plain.message());
    FieldProblem renamed =
        FieldProblem.of(
            problem(ProblemCode.EVENT_FIELD_TYPE, "field 'Stock Code' (product): missing"));
    assertEquals("Stock Code", renamed.field());
    assertEquals("missing", renamed.message());
  }

  @Test
  void fieldProblem_ofNoField_keepsTheMessage() {
    FieldProblem none =
        FieldProblem.of(problem(ProblemCode.EVENT_MALFORMED, "found nothing, expected an object"));
    assertNull(none.field());
    assertEquals("found nothing, expected an object", none.message());
  }

  @Test
  void encode_refusedEvent_isProblemJson() {
    Decoded decoded =
        Decoded.json(
            new StreamBuilder("s")
                .id("id")
                .key("id")
                .field("id", "string")
                .field("n", "int")
                .decoder(),
            "{\"id\":1}");
    assertEquals(
        "{\"type\":\"about:blank\",\"title\":\"the event was"
            + " refused\",\"status\":400,\"detail\":\"field 'id': found 1, expected a"
            + " string\",\"problems\":[{\"code\":\"VG-EVENT-003\",\"field\":\"id\",\"message\":\"found"
            + " 1, expected a string\",\"help\":\"write it in quotes:"
            + " \\\"1\\\"\"},{\"code\":\"VG-EVENT-002\",\"field\":\"n\",\"message\":\"missing,"
            + " expected an int such as 42\"}]}",
        new String(
            ProblemJson.encode(decoded.problems(), new JsonBytes()), StandardCharsets.UTF_8));
  }

  @Test
  void status_problems_isTheirs() {
    Problem mistyped = problem(ProblemCode.EVENT_FIELD_TYPE, "x");
    Problem large = problem(ProblemCode.EVENT_LIMIT, "x");
    assertEquals(400, ProblemJson.status(List.of()));
    assertEquals(400, ProblemJson.status(List.of(large, mistyped)));
    assertEquals(413, ProblemJson.status(List.of(large)));
    assertEquals(422, ProblemJson.status(List.of(problem(ProblemCode.EVENT_TIME, "x"))));
    assertEquals(409, ProblemJson.status(List.of(problem(ProblemCode.EVENT_CONFLICT, "x"))));
  }
}
