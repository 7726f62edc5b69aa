package io.vigia.core.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProblemsTest {
  private static Place at(int line, int column) {
    return new Place("f", line, column);
  }

  @Test
  void sorted_foundInAnyOrder_isInTheOrderOfTheFile() {
    Problems problems = new Problems();
    problems.add(ProblemCode.BAD_NAME, at(2, 1), "c");
    problems.add(ProblemCode.BAD_NAME, at(1, 9), "b");
    problems.add(ProblemCode.BAD_NAME, at(1, 2), "a");
    assertEquals(List.of("a", "b", "c"), problems.sorted().stream().map(Problem::message).toList());
  }

  @Test
  void add_theSameAgain_isToldOnce() {
    Problems problems = new Problems();
    problems.add(ProblemCode.BAD_NAME, at(1, 1), "a", "help");
    problems.add(ProblemCode.BAD_NAME, at(1, 1), "a", "help");
    assertEquals(1, problems.sorted().size());
    assertEquals(1, problems.errors());
  }

  @Test
  void add_beyondTheLimit_isCounted() {
    Problems problems = new Problems();
    for (int i = 1; i <= 250; i++) {
      problems.add(ProblemCode.BAD_NAME, at(i, 1), "a");
    }
    assertEquals(200, problems.sorted().size());
    assertEquals(50, problems.beyondLimit());
    assertEquals(250, problems.errors());
  }

  @Test
  void hasErrors_warningsAlone_isFalse() {
    Problems problems = new Problems();
    problems.add(ProblemCode.FEATURE_UNUSED, at(1, 1), "a");
    assertFalse(problems.hasErrors());
    problems.add(ProblemCode.BAD_NAME, at(1, 1), "b");
    assertTrue(problems.hasErrors());
  }

  @Test
  void codes_all_areDifferentAndOfOneForm() {
    Set<String> seen = new HashSet<>();
    for (ProblemCode code : ProblemCode.values()) {
      assertTrue(code.text().matches("VG-[A-Z]+-[0-9]{3}"), code.text());
      assertTrue(seen.add(code.text()), code.text());
    }
  }

  @Test
  void at_laterLines_beginAtTheContinuation() {
    Text text = new Text("a\n  b", at(3, 20), 5);
    assertEquals(at(3, 21), text.at(0, 1));
    assertEquals(at(4, 7), text.at(1, 2));
    assertEquals("f", Place.of("f").toString());
    assertEquals("f:3:20", text.place().toString());
  }
}
