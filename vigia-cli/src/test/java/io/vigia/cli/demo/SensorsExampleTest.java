package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigia.core.decision.Decision;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The sensors example, also on real road sensors that lie beside the repository and not in it. */
class SensorsExampleTest {
  private static final CompiledPipeline PIPELINE = Example.compiled("sensors");
  private static final List<String> ROADS =
      List.of("occupancy_6005", "occupancy_t4013", "speed_6005", "speed_7578", "speed_t4013");

  @Test
  void tests_ofTheFile_pass() {
    assertEquals(List.of(), Example.failuresOf(PIPELINE));
    assertEquals(6, PIPELINE.definition().tests().size());
  }

  /** The figures of the example's page. */
  @Test
  void decide_roadSensors_findsNineOfTenLabelledWindowsInFewReadings() throws IOException {
    JsonNode labels =
        new ObjectMapper().readTree(data().resolve("labels/combined_windows.json").toFile());
    int readings = 0;
    int told = 0;
    int found = 0;
    int windows = 0;
    for (String sensor : ROADS) {
      List<String> lines = Files.readAllLines(data().resolve("realTraffic/" + sensor + ".csv"));
      readings += lines.size() - 1;
      List<Instant> flagged = flagged(sensor, lines.subList(1, lines.size()));
      told += flagged.size();
      for (JsonNode window : labels.path("realTraffic/" + sensor + ".csv")) {
        windows++;
        Instant from = timeOf(window.get(0).asText());
        Instant to = timeOf(window.get(1).asText());
        found += flagged.stream().anyMatch(at -> !at.isBefore(from) && !at.isAfter(to)) ? 1 : 0;
      }
    }
    assertEquals(
        "11002 readings, 33 told, 9 of 10 found",
        "%d readings, %d told, %d of %d found".formatted(readings, told, found, windows));
  }

  private static List<Instant> flagged(String sensor, List<String> lines) {
    EventDecoder decoder = new EventDecoder(Objects.requireNonNull(PIPELINE.stream("readings")));
    Replay replay = new Replay(PIPELINE, 1);
    List<Instant> flagged = new ArrayList<>();
    int n = 0;
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      Instant time = timeOf(cells[0]);
      byte[] json =
          "{\"reading\":\"%d\",\"measured_at\":\"%s\",\"sensor\":\"%s\",\"unit\":\"road\",\"value\":%s}"
              .formatted(n++, time, sensor, cells[1])
              .getBytes(StandardCharsets.UTF_8);
      Problems problems = new Problems();
      Decision decision =
          replay
              .process(
                  Objects.requireNonNull(
                      decoder.decodeJson(
                          json, 0, json.length, Envelope.NONE, time.toEpochMilli(), 0, 0, problems),
                      () -> problems.sorted().toString()))
              .decision();
      if (!Objects.requireNonNull(decision).outcome().equals("ok")) {
        flagged.add(time);
      }
    }
    assertEquals(List.of(), replay.takeSilences(), "a road is never hot");
    return flagged;
  }

  private static Instant timeOf(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }

  private static Path data() {
    Path folder =
        Example.root().resolve(System.getProperty("vigia.data", "../shared/data")).resolve("nab");
    assertTrue(
        Files.isDirectory(folder),
        () ->
            folder
                + " is missing: it is real data that is no part of the repository; say where its"
                + " folder is with -Dvigia.data=…");
    return folder.normalize();
  }
}
