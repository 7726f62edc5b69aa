package io.vigia.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ConditionPartsTest {
  @Test
  void split_joinedConditions_areTakenApartAtEveryDepth() {
    assertEquals(List.of("a > 1", "b", "c < 2"), ConditionParts.split("a > 1 && (b || c < 2)"));
    assertEquals(List.of("a", "b", "c"), ConditionParts.split("((a) || b && c)"));
  }

  @Test
  void split_signsWithinTextsAndCalls_areNoJoints() {
    assertEquals(
        List.of("s == \"a && b\"", "r\"\\\" == s"),
        ConditionParts.split("s == \"a && b\" || r\"\\\" == s"));
    assertEquals(
        List.of("lists.l.exists(x, x > 1 && x < 3)", "!(a || b)"),
        ConditionParts.split("lists.l.exists(x, x > 1 && x < 3) && !(a || b)"));
    assertEquals(List.of("s == \"\\\" || \""), ConditionParts.split("s == \"\\\" || \""));
  }

  @Test
  void split_choice_staysWhole() {
    assertEquals(List.of("a && b ? c : d || e"), ConditionParts.split("a && b ? c : d || e"));
  }

  /**
   * Whatever is written, nothing is lost and nothing fails; what does not parse never comes here.
   */
  @Test
  void split_anything_ends() {
    for (String text : List.of("", "(", ")", "a &&", "|| b", "\"", "[(\"", "a)b && c", "&&&&")) {
      ConditionParts.split(text);
    }
  }
}
