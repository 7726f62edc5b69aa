package io.vigia.testkit;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How users run the tests of their pipeline file: the example of {@code docs/testing.md}. */
final class CardFraudTest {
  @TestFactory
  Stream<DynamicTest> cardFraud() {
    return PipelineTests.of(Path.of("src/test/resources/card-fraud.yaml"));
  }
}
