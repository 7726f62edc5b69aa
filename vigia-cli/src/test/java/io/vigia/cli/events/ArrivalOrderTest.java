package io.vigia.cli.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.event.EventFile;
import io.vigia.wire.event.FileEvent;
import io.vigia.wire.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArrivalOrderTest {
  private static final String PIPELINE =
      """
      vigia: 1
      pipeline: two
      streams:
        payments:
          {id: id, time: at, key: card, fields: {id: string, at: timestamp, card: string}}
        chargebacks:
          {id: id, time: at, key: card, fields: {id: string, at: timestamp, card: string}}
      rules:
        - id: never
          on: payments
          when: 'event.card == "never"'
          outcome: block
      """;

  @TempDir Path folder;

  @Test
  void next_twoStreams_arriveByTheLatestTimeShown() throws IOException {
    assertEquals(
        List.of("p1", "c1", "p2", "p3", "c2", "p4"),
        arrival(
            List.of(file("payments", "p", "10:00", "10:05", "10:01", "10:07")),
            List.of(file("chargebacks", "c", "10:03", "10:06"))));
  }

  @Test
  void next_equalTimes_firstNamedGoesFirst() throws IOException {
    assertEquals(
        List.of("p1", "p2", "c1", "c2"),
        arrival(
            List.of(file("payments", "p", "10:00", "10:00")),
            List.of(file("chargebacks", "c", "10:00", "10:00"))));
  }

  @Test
  void next_severalFilesOfAStream_keepTheirOrder() throws IOException {
    assertEquals(
        List.of("c1", "b1", "a1", "c2"),
        arrival(
            List.of(file("2", "b", "10:00"), file("1", "a", "09:00")),
            List.of(file("chargebacks", "c", "09:30", "10:01"))));
  }

  @Test
  void next_oneStreamEmpty_theOtherIsRead() throws IOException {
    assertEquals(
        List.of("c1"),
        arrival(List.of(file("payments", "p")), List.of(file("chargebacks", "c", "10:00"))));
  }

  private Path file(String name, String prefix, String... times) throws IOException {
    StringBuilder text = new StringBuilder("id,at,card\n");
    for (int i = 0; i < times.length; i++) {
      text.append(prefix + (i + 1) + ",2026-01-01T" + times[i] + ":00Z,x\n");
    }
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private static List<String> arrival(List<Path> payments, List<Path> chargebacks) {
    Problems problems = new Problems();
    CompiledPipeline pipeline =
        PipelineReader.read("two.yaml", PIPELINE.getBytes(StandardCharsets.UTF_8), problems)
            .flatMap(definition -> PipelineCompiler.compile(definition, problems))
            .orElseThrow(() -> new AssertionError(problems.sorted().toString()));
    List<String> ids = new ArrayList<>();
    try (ArrivalOrder order =
        new ArrivalOrder(
            List.of(
                open(pipeline, "payments", payments, problems),
                open(pipeline, "chargebacks", chargebacks, problems)))) {
      order.start();
      for (FileEvent event = order.next(); event != null; event = order.next()) {
        ids.add(event.event().id());
      }
      assertEquals(List.of(), problems.sorted());
      assertEquals(1.0, order.share());
    }
    return ids;
  }

  private static EventFile open(
      CompiledPipeline pipeline, String stream, List<Path> files, Problems problems) {
    return EventFile.open(
            new EventDecoder(Objects.requireNonNull(pipeline.stream(stream))),
            files,
            new EventFile.Options(false, 0),
            problems)
        .orElseThrow();
  }
}
