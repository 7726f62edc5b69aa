package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProblemPrinterTest {
  private static Problem problem(int line, int column, String message) {
    return new Problem(ProblemCode.EXPR_TYPE, new Place("p.yaml", line, column), message, "");
  }

  private static String print(@Nullable String source, Problem... problems) {
    return ProblemPrinter.print(List.of(problems), file -> source, false);
  }

  @Test
  void print_problem_isAsTheStyleSaysIt() {
    String source = "rules:\n" + " ".repeat(36) + "when: event.amount > \"100\"\n";
    Problem problem =
        new Problem(
            ProblemCode.EXPR_TYPE,
            new Place("pipelines/card-fraud.yaml", 2, 58),
            "cannot compare decimal with string",
            "write the number without quotes: 100");
    assertEquals(
        """
        VG-EXPR-003 error pipelines/card-fraud.yaml:2:58  cannot compare decimal with string
          2 | when: event.amount > "100"
            |                      ^^^^^
          help: write the number without quotes: 100

        1 problem in pipelines/card-fraud.yaml
        """,
        ProblemPrinter.print(List.of(problem), file -> source, false));
  }

  @Test
  void print_operator_hasOneCaret() {
    assertEquals(
        """
        VG-EXPR-003 error p.yaml:1:14  no such comparison
          1 | event.amount > '100'
            |              ^

        1 problem in p.yaml
        """,
        print("event.amount > '100'", problem(1, 14, "no such comparison")));
  }

  @Test
  void print_quotedInTheMessage_isUnderlinedAsAWhole() {
    assertEquals(
        """
        VG-EXPR-003 error p.yaml:1:7  unknown 'a.b c' here
          1 | when: a.b c > 3
            |       ^^^^^

        1 problem in p.yaml
        """,
        print("when: a.b c > 3", problem(1, 7, "unknown 'a.b c' here")));
  }

  @Test
  void print_tabsAndWideCharacters_keepTheCaretInPlace() {
    assertEquals(
        """
        VG-EXPR-003 error p.yaml:1:13  x
          1 | 日本 é😀 b: here
            |             ^^^^

        1 problem in p.yaml
        """,
        print("\t\t日本\te\u0301😀 b:\there", problem(1, 13, "x")).replace("e\u0301", "é"));
  }

  @Test
  void print_controlCharacters_doNotReachTheTerminal() {
    assertEquals(
        """
        VG-EXPR-003 error p.yaml:1:8  x
          1 | a: �[31mred
            |        ^^^^

        1 problem in p.yaml
        """,
        print("a: \u001b[31mred", problem(1, 8, "x")));
  }

  @Test
  void print_longLine_isCutAroundTheCaret() {
    String line = "a".repeat(300) + " here " + "b".repeat(300);
    String printed = print(line, problem(1, 302, "x"));
    List<String> lines = printed.lines().toList();
    assertEquals("  1 | …" + "a".repeat(39) + " here " + "b".repeat(55) + "…", lines.get(1));
    assertEquals("    | " + " ".repeat(41) + "^^^^", lines.get(2));
  }

  @Test
  void print_placeBehindTheLine_pointsBehindIt() {
    assertEquals(
        """
        VG-EXPR-003 error p.yaml:1:99  x
          1 | abc
            |    ^

        1 problem in p.yaml
        """,
        print("abc\n", problem(1, 99, "x")));
  }

  @Test
  void print_withoutSourceOrLine_leavesTheLineOut() {
    String expected =
        """
        VG-EXPR-003 error p.yaml:5:1  x

        1 problem in p.yaml
        """;
    assertEquals(expected, print(null, problem(5, 1, "x")));
    assertEquals(expected, print("one line", problem(5, 1, "x")));
    assertEquals(
        "VG-EXPR-003 error p.yaml  x\n\n1 problem in p.yaml\n", print("a", problem(0, 0, "x")));
  }

  @Test
  void print_severalFilesAndWarnings_areCounted() {
    Problem warning =
        new Problem(ProblemCode.FEATURE_UNUSED, new Place("q.yaml", 1, 1), "unused", "");
    assertEquals(
        """
        VG-FEATURE-003 warning q.yaml:1:1  unused
          1 | a b
            | ^

        1 warning in q.yaml
        """,
        print("a b", warning));
    String printed = print("a b", problem(1, 1, "x"), problem(1, 3, "y"), warning);
    assertEquals(
        "2 problems and 1 warning in 2 files",
        printed.lines().toList().get(printed.lines().toList().size() - 1));
  }

  @Test
  void print_nothing_isEmpty() {
    assertEquals("", print("a"));
    assertEquals("", ProblemPrinter.print(new Problems(), file -> "", true));
  }

  @Test
  void print_inColour_usesAnsi() {
    Problem problem = new Problem(ProblemCode.EXPR_TYPE, new Place("p.yaml", 1, 1), "x", "do y");
    assertEquals(
        """
        VG-EXPR-003 <1;31>error<0> <1>p.yaml:1:1<0>  x
          1 | ab
            | <1;31>^^<0>
          <36>help:<0> do y

        1 problem in p.yaml
        """
            .replaceAll("<([0-9;]+)>", "\u001b[$1m"),
        ProblemPrinter.print(List.of(problem), file -> "ab", true));
  }
}
