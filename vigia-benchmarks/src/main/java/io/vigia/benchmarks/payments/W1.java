package io.vigia.benchmarks.payments;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problems;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import java.util.Objects;

/**
 * The pipeline of the payments, {@code w1.yaml}: 12 features of two entities, 2 patterns, 20 rules.
 */
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
    byte[] content = PipelineText.beside(W1.class, FILE);
    return new W1(content, PipelineText.compile(FILE, content));
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
