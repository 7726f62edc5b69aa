package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineTestsTest {
  private static final Path SOUND = Path.of("src/test/resources/card-fraud.yaml");

  @TempDir private Path folder;

  private Path changed(String from, String to) throws IOException {
    return Files.writeString(
        folder.resolve("pipeline.yaml"), Files.readString(SOUND).replace(from, to));
  }

  @Test
  void of_file_hasItsTestsWithTheirLines() {
    List<DynamicTest> tests = PipelineTests.of(SOUND).toList();
    assertEquals(
        List.of("the fourth payment in five minutes is reviewed", "a large payment is blocked"),
        tests.stream().map(DynamicTest::getDisplayName).toList());
    assertTrue(
        tests
            .get(0)
            .getTestSourceUri()
            .orElseThrow()
            .toString()
            .endsWith("card-fraud.yaml?line=21"));
  }

  @Test
  void of_failingTest_saysEventExpectedFoundAndFeatures() throws IOException {
    Path file = changed("amount: 1000.01", "amount: 999.5");
    DynamicTest failing = PipelineTests.of(file).toList().get(1);
    AssertionError error =
        assertThrows(AssertionError.class, () -> failing.getExecutable().execute());
    assertEquals(
        """
        a large payment is blocked
        %s:32  event p1
          outcome: expected block, found allow
          event: payments at 2026-01-01T00:00:00Z, key c1
            payment_id  p1
            created_at  2026-01-01T00:00:00Z
            card        c1
            amount      999.5
          decided: allow, score 0
          why not large:
            no   event.amount > 1000  event.amount is 999.5
          features:
            card_count_5m  1
          nearly: large, event.amount > 1000, found 999.5"""
            .formatted(file),
        error.getMessage());
  }

  @Test
  void of_brokenFile_failsWithAllThatIsWrong() throws IOException {
    Path file = changed("card_count_5m > 3", "card_cont_5m > 3");
    AssertionError error = assertThrows(AssertionError.class, () -> PipelineTests.of(file));
    assertTrue(
        String.valueOf(error.getMessage()).contains("did you mean 'card_count_5m'?"),
        error.toString());
  }

  @Test
  void of_missingFile_throwsWithItsName() {
    UncheckedIOException error =
        assertThrows(
            UncheckedIOException.class, () -> PipelineTests.of(folder.resolve("gone.yaml")));
    assertTrue(String.valueOf(error.getMessage()).contains("gone.yaml"), error.toString());
  }

  /** The page shows the class that runs here, and what it would say. */
  @Test
  void documentation_example_isTheOneThatRuns() throws IOException {
    String page = Files.readString(Path.of("../docs/testing.md"));
    String example = Files.readString(Path.of("src/test/java/io/vigia/testkit/CardFraudTest.java"));
    String body = example.substring(example.indexOf("final class"));
    assertTrue(page.contains(body), body);
    DynamicTest failing =
        PipelineTests.of(changed("amount: 1000.01", "amount: 999.5")).toList().get(1);
    AssertionError error =
        assertThrows(AssertionError.class, () -> failing.getExecutable().execute());
    for (String line : String.valueOf(error.getMessage()).lines().skip(2).toList()) {
      assertTrue(page.contains("        " + line + "\n"), line);
    }
  }
}
