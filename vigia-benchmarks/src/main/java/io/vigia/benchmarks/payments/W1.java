package io.vigia.benchmarks.payments;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.pipeline.PipelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The pipeline of the payments, {@code w1.yaml}: 12 features of two entities, 20 rules. */
public final class W1 {
  public static final String FILE = "w1.yaml";
  public static final String STREAM = "payments";

  /**
   * The size of an event that carries only what the pipeline reads, in bytes, and of one as shops
   * send them.
   */
  public static final int SMALL = 300;

  public static final int LARGE = 1_024;

  private final byte[] content;
  private final CompiledPipeline pipeline;
  private final EventDecoder decoder;

  private W1(byte[] content, CompiledPipeline pipeline) {
    this.content = content;
    this.pipeline = pipeline;
    this.decoder = new EventDecoder(stream());
  }

  /** Reads and compiles it. */
  public static W1 load() {
    byte[] content = content();
    Problems problems = new Problems();
    return PipelineReader.read(FILE, content, problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .map(pipeline -> new W1(content, pipeline))
        .orElseThrow(() -> new IllegalStateException(FILE + ": got " + problems.sorted()));
  }

  private static byte[] content() {
    try (InputStream in = W1.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(in, FILE).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of the file. */
  public byte[] file() {
    return content.clone();
  }

  public CompiledPipeline pipeline() {
    return pipeline;
  }

  public StreamSchema stream() {
    return Objects.requireNonNull(pipeline.stream(STREAM));
  }

  /** Payment number {@code n} as an event, through JSON and the decoder as every event. */
  public Event event(long n) {
    byte[] json = Payments.at(n).json(SMALL);
    Problems problems = new Problems();
    Event event = decoder.decodeJson(json, 0, json.length, Envelope.NONE, 0, 0, n, problems);
    if (event == null) {
      throw new IllegalStateException("payment " + n + ": got " + problems.sorted());
    }
    return event;
  }
}
