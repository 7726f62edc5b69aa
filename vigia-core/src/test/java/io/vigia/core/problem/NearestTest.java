package io.vigia.core.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NearestTest {
  @Test
  void of_oneLetterWrongMissingTooManyOrSwapped_isFound() {
    Set<String> known = Set.of("amount", "card", "country");
    assertEquals(Optional.of("amount"), Nearest.of("amuont", known));
    assertEquals(Optional.of("amount"), Nearest.of("amont", known));
    assertEquals(Optional.of("amount"), Nearest.of("amounnt", known));
    assertEquals(Optional.of("card"), Nearest.of("cart", known));
    assertEquals(Optional.of("card"), Nearest.of("acrd", known));
  }

  @Test
  void of_otherCase_isTheSame() {
    assertEquals(Optional.of("ID"), Nearest.of("id", Set.of("ID", "is")));
    assertEquals(Optional.of("OrderId"), Nearest.of("ORDERID", Set.of("OrderId")));
  }

  @Test
  void of_tooFar_isNone() {
    assertEquals(Optional.empty(), Nearest.of("price", Set.of("amount", "card")));
    assertEquals(Optional.empty(), Nearest.of("abc", Set.of("ade")));
    assertEquals(Optional.of("abcdefghi"), Nearest.of("abcdefxyz", Set.of("abcdefghi")));
    assertEquals(Optional.empty(), Nearest.of("abcdewxyz", Set.of("abcdefghi")));
  }

  @Test
  void of_oneLetter_isNotEveryOtherLetter() {
    assertEquals(Optional.empty(), Nearest.of("x", Set.of("i", "n")));
    assertEquals(Optional.of("x"), Nearest.of("X", Set.of("i", "x")));
    assertEquals(Optional.empty(), Nearest.of("", Set.of("i")));
  }

  @Test
  void of_equallyNear_isTheFirstByAlphabet() {
    assertEquals(Optional.of("f10"), Nearest.of("f1", List.of("f12", "f10", "f11")));
  }

  @Test
  void of_veryLongWords_areLeftAlone() {
    String hostile = "a".repeat(100_000);
    assertEquals(Optional.empty(), Nearest.of(hostile, Set.of(hostile)));
    assertEquals(Optional.empty(), Nearest.of("a".repeat(60), Set.of(hostile)));
  }

  @Test
  void help_nothingNear_namesWhatIsKnown() {
    assertEquals("did you mean 'card'?", Nearest.help("crad", Set.of("card", "amount")));
    assertEquals("known here: amount, card", Nearest.help("x", Set.of("card", "amount")));
    assertEquals("", Nearest.help("x", Set.of()));
  }
}
