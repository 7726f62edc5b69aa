package io.vigia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code vigia} in a checkout that was just built and has no archive of classes yet. */
final class ScriptIT {
  @TempDir Path checkout;
  private Path archive;

  @BeforeEach
  void build() throws IOException {
    Path built = Files.createDirectories(checkout.resolve("vigia-cli/target/vigia"));
    Files.createSymbolicLink(built.resolve("lib"), Path.of(System.getProperty("vigia.lib")));
    Files.copy(Path.of("../vigia"), checkout.resolve("vigia"));
    Files.createFile(built.resolve("stamp"));
    archive = built.resolve("classes.jsa");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run no.yaml --state rokdb    | --state: expected heap or rocksdb, found 'rokdb'",
        "run no.yaml --port 70000     | --port: expected 0 to 65535, found 70000",
        "run no.yaml --parallelsm 2   | unknown option '--parallelsm' of `vigia run`",
        "run                          | missing FILE of `vigia run`",
        "run no.yaml                  | no.yaml",
        "demo --rate 0                | --rate: expected more than 0 and at most 1000000, found 0.0",
        "demo shop                    | there is no demonstration 'shop'",
      })
  void run_wrongCall_isToldBeforeTheArchiveIsPrepared(String call, String expected)
      throws Exception {
    String said = script(1, call);
    assertTrue(said.contains(expected), said);
    assertFalse(said.contains("preparing"), said);
    assertFalse(Files.exists(archive));
    assertFalse(Files.exists(checkout.resolve(".build")), "the folder of its work");
  }

  @Test
  void run_rightCall_preparesTheArchiveFirst() throws Exception {
    String said = script(0, "demo --write payments.ndjson --events 10");
    assertTrue(said.startsWith("preparing fast starts (once) …\n"), said);
    assertTrue(Files.size(archive) > 0);
    assertEquals(10, Files.readAllLines(checkout.resolve("payments.ndjson")).size());
  }

  /** What it says on both outputs, having ended with that exit code. */
  private String script(int exit, String call) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(checkout.resolve("vigia").toString()));
    words.addAll(List.of(call.split(" ", -1)));
    Path output = checkout.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("VIGIA_FAST_START");
    Process process = builder.start();
    assertTrue(process.waitFor(180, TimeUnit.SECONDS), "it did not end");
    String said = Files.readString(output);
    assertEquals(exit, process.exitValue(), said);
    return said;
  }
}
