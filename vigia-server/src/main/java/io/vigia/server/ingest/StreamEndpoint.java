package io.vigia.server.ingest;

import io.vigia.core.event.Event;
import io.vigia.core.event.EventId;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.wire.event.EventDecoder;

/**
 * A stream as it can be sent to.
 *
 * <p><b>Units and bounds.</b> A sender of {@code decide} waits at most {@code deadlineMs}, then is
 * answered {@code fallback}.
 */
public record StreamEndpoint(
    String pipeline,
    StreamSchema schema,
    EventDecoder decoder,
    String topic,
    long deadlineMs,
    String fallback) {

  /** A stream of a pipeline. */
  public static StreamEndpoint of(CompiledPipeline pipeline, StreamSchema stream) {
    return new StreamEndpoint(
        pipeline.name(),
        stream,
        new EventDecoder(stream),
        pipeline.topicOf(stream),
        pipeline.deadlineMs(stream),
        pipeline.fallbackOf(stream));
  }

  public String stream() {
    return schema.name();
  }

  /** The id of the decision of an event. */
  String decisionId(Event event) {
    return EventId.of(pipeline, stream(), event.key(), event.id()).toString();
  }
}
