package io.vigia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SampleRequestTest {
  private static final Instant NOW = Instant.parse("2026-06-01T10:00:00.5Z");
  private static final String PIPELINE =
      """
      vigia: 1
      pipeline: p
      streams:
        typed:
          id: [a]
          time: t1
          key: a
          fields:
            a: {type: string, from: A}
            b: int
            c: double
            d: decimal
            e: bool?
            t1: timestamp
            t2: {type: timestamp, format: 'dd/MM/yyyy HH:mm', zone: Europe/Madrid}
            t3: {type: timestamp, format: epoch_s}
            t4: {type: timestamp, format: epoch_us}
        lines: {id: line, key: a, fields: {a: string}}
      rules:
        - id: r
          on: typed
          when: 'true'
          outcome: block
      """;

  private final CompiledPipeline pipeline = pipeline();

  private static CompiledPipeline pipeline() {
    Problems problems = new Problems();
    return PipelineReader.read("p.yaml", PIPELINE.getBytes(StandardCharsets.UTF_8), problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .orElseThrow(() -> new AssertionError(problems.sorted().toString()));
  }

  @Test
  void event_everyTypeAndFormat_isDecoded() {
    StreamSchema stream = pipeline.streams().get(0);
    byte[] json = SampleRequest.event(stream, NOW).getBytes(StandardCharsets.UTF_8);
    Problems problems = new Problems();
    new EventDecoder(stream).decodeJson(json, 0, json.length, Envelope.NONE, 0, 0, 0, problems);
    assertEquals(List.of(), problems.sorted());
  }

  @Test
  void event_fields_haveTheirIncomingNames() {
    assertEquals(
        "{\"A\":\"a-1\",\"b\":1,\"c\":1.5,\"d\":10,\"e\":false,\"t1\":\"2026-06-01T10:00:00Z\","
            + "\"t2\":\"01/06/2026 12:00\",\"t3\":1780308000,\"t4\":1780308000000000}",
        SampleRequest.event(pipeline.streams().get(0), NOW));
  }

  @Test
  void curl_idFromTheEnvelope_hasItsHeaders() {
    String line = SampleRequest.curl("http://h:1", pipeline.streams().get(1), NOW);
    assertTrue(line.contains("http://h:1/v1/streams/lines/decide"), line);
    assertTrue(line.contains("-H 'ce-id: 1'"), line);
  }
}
