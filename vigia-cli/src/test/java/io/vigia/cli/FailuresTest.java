package io.vigia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailuresTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Failures failures =
      new Failures(new Terminal(new ByteArrayOutputStream(), err, Terminal.Style.PLAIN));

  @TempDir Path folder;

  @BeforeEach
  void setFolder() {
    System.setProperty(Failures.LOG_FOLDER, folder.resolve("log").toString());
  }

  @AfterEach
  void clearFolder() {
    System.clearProperty(Failures.LOG_FOLDER);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void environment_failure_isTwoLines() {
    assertEquals(
        2, failures.environment(new EnvironmentException("port 8080 is in use", "stop it")));
    assertEquals("vigia: port 8080 is in use\n  stop it\n", err());
  }

  @Test
  void unexpected_failure_namesTheFileWithItsTrace() throws IOException {
    assertEquals(2, failures.unexpected(new IllegalStateException("odd\nsecond line")));
    assertTrue(err().startsWith("vigia: unexpected failure: IllegalStateException: odd\n"), err());
    assertEquals(2, err().lines().count());
    Path file = Path.of(err().strip().replaceFirst("(?s).*what stands in ", ""));
    assertEquals(folder.resolve("log"), file.getParent());
    assertTrue(Files.readString(file).contains("FailuresTest.unexpected_failure"));
  }

  @Test
  void unexpected_tooLittleMemory_saysHowToGiveMore() {
    assertEquals(2, failures.unexpected(new OutOfMemoryError("Java heap space")));
    assertTrue(err().contains("VIGIA_JAVA_OPTS=-Xmx4g"), err());
  }
}
