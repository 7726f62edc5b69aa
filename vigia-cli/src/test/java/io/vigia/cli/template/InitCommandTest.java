package io.vigia.cli.template;

import static io.vigia.cli.Call.vigia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.cli.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InitCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"fraud", "shop", "sensors", "minimal"})
  void init_template_isValidAndTested(String template) throws IOException {
    Path target = folder.resolve("a/b");
    vigia("init", template, target.toString()).exits(0);
    String pipeline = target.resolve("pipeline.yaml").toString();
    vigia("validate", pipeline).exits(0);
    Call test = vigia("test", "--json", pipeline).exits(0);
    assertTrue(test.json().path("tests").asInt() > 0, test.out());
    assertTrue(Files.isRegularFile(target.resolve("README.md")), template);
    assertTrue(Files.isRegularFile(target.resolve("vigia.schema.json")), template);
    assertEquals(
        "# yaml-language-server: $schema=./vigia.schema.json",
        Files.readAllLines(target.resolve("pipeline.yaml")).get(0),
        template);
  }

  @Test
  void init_minimal_hasEventsThatItsRuleCatches() {
    vigia("init", "minimal", folder.toString()).exits(0);
    Call call =
        vigia(
                "backtest",
                folder.resolve("pipeline.yaml").toString(),
                "--events",
                "payments=" + folder.resolve("payments.csv"),
                "--label",
                "fraud",
                "--strict",
                "--json")
            .exits(0);
    assertEquals(14, call.json().path("events").asInt());
    assertTrue(call.json().path("labels").path("recall").asDouble() > 0);
  }

  @Test
  void init_fileThereAlready_overwritesNothing() throws IOException {
    Files.writeString(folder.resolve("README.md"), "mine");
    Call call = vigia("init", "minimal", folder.toString()).exits(1);
    assertTrue(call.err().contains("nothing is overwritten"), call.err());
    assertEquals("mine", Files.readString(folder.resolve("README.md")));
    assertFalse(Files.exists(folder.resolve("pipeline.yaml")));
  }

  @Test
  void init_json_namesTheFiles() {
    Call call = vigia("init", "minimal", folder.resolve("x").toString(), "--json").exits(0);
    assertEquals(4, call.json().path("files").size());
  }
}
