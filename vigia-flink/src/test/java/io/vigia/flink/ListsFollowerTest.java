package io.vigia.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.PipelineReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists whose changes cannot be followed are not judged by. */
final class ListsFollowerTest {
  private static final String PIPELINE =
      """
      vigia: 1
      pipeline: p
      streams:
        s: {id: i, time: t, key: k, fields: {i: string, t: timestamp, k: string}}
      lists:
        blocked: {of: string, values: [a]}
      rules:
        - {id: r, on: s, when: 'event.k in lists.blocked', outcome: block}
      """;

  @Test
  void lists_ofATopicThatCannotBeRead_areNotGiven() {
    Problems problems = new Problems();
    CompiledPipeline pipeline =
        PipelineReader.read("p.yaml", PIPELINE.getBytes(UTF_8), problems)
            .flatMap(definition -> PipelineCompiler.compile(definition, problems))
            .orElseThrow(() -> new AssertionError(problems.sorted()));
    ListsSource nowhere =
        new ListsSource("127.0.0.1:1", "p.lists", List.of("blocked string"), Map.of());
    try (ListsFollower follower = new ListsFollower(nowhere, pipeline)) {
      assertThrows(IllegalStateException.class, follower::awaitLevel);
      IllegalStateException failed = assertThrows(IllegalStateException.class, follower::lists);
      assertTrue(String.valueOf(failed.getMessage()).contains("p.lists"), failed::getMessage);
    }
  }
}
