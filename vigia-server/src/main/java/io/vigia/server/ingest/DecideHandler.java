package io.vigia.server.ingest;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import io.vigia.server.answer.Answer;
import io.vigia.server.answer.WaitingRequests;
import io.vigia.server.http.JsonAnswer;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.server.topic.ReplyAddress;
import io.vigia.wire.decision.FallbackAnswer;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventBatch;
import io.vigia.wire.event.EventSlice;
import io.vigia.wire.event.JsonBytes;
import io.vigia.wire.event.JsonEvents;
import io.vigia.wire.event.JsonEvents.Form;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/streams/{stream}/decide}: one event in, its decision out.
 *
 * <p><b>Errors.</b> 400, 413, 415 and 422 for what is sent, 404 for the stream, 409 for other
 * content under a known id, 429 when too many wait, 503 before the way is open. No decision within
 * the stream's deadline is no error: 200 with the declared fallback, marked as such.
 */
public final class DecideHandler implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(DecideHandler.class);
  private static final String FORMS = "application/json or application/cloudevents+json";

  private final Vertx vertx;
  private final StreamDirectory streams;
  private final EventReader reader;
  private final WaitingRequests waiting;
  private final EventPublisher publisher;
  private final FreeSpace space;
  private final Predicate<String> isOpen;
  private final ObjLongConsumer<String> answered;

  /**
   * A handler.
   *
   * @param isOpen whether a pipeline decides yet
   * @param answered is told the pipeline and the nanoseconds of each answer
   */
  public DecideHandler(
      Vertx vertx,
      StreamDirectory streams,
      InstantSource clock,
      WaitingRequests waiting,
      EventPublisher publisher,
      FreeSpace space,
      Predicate<String> isOpen,
      ObjLongConsumer<String> answered) {
    this.vertx = vertx;
    this.streams = streams;
    this.reader = new EventReader(clock);
    this.waiting = waiting;
    this.publisher = publisher;
    this.space = space;
    this.isOpen = isOpen;
    this.answered = answered;
  }

  @Override
  public void handle(RoutingContext context) {
    long begin = System.nanoTime();
    HttpServerResponse response = context.response();
    String name = context.pathParam("stream");
    StreamEndpoint endpoint = streams.find(name);
    if (endpoint == null) {
      streams.unknown(name).send(response);
      return;
    }
    Form form = RequestForm.of(context.request().headers());
    if (form != Form.JSON && form != Form.CLOUD_EVENT) {
      RequestForm.unsupported(context.request().headers(), FORMS).send(response);
      return;
    }
    Problems problems = new Problems();
    Envelope envelope =
        RequestForm.envelope(context.request().headers(), endpoint.stream(), problems);
    if (envelope == null) {
      RefusedEvent.of(problems.sorted()).send(response);
      return;
    }
    Buffer body = context.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    EventBatch batch = JsonEvents.split(endpoint.stream(), bytes, form, envelope);
    if (!batch.problems().isEmpty()) {
      RefusedEvent.of(batch.problems()).send(response);
    } else if (batch.slices().size() != 1) {
      ProblemAnswer.badRequest(
              "found %d events, expected one; several go to /v1/streams/%s/events"
                  .formatted(batch.slices().size(), endpoint.stream()))
          .send(response);
    } else {
      decide(endpoint, batch.slices().get(0), new Asked(response, begin));
    }
  }

  private void decide(StreamEndpoint endpoint, EventSlice slice, Asked asked) {
    EventReader.Read read = reader.read(endpoint, slice);
    Event event = read.event();
    if (event == null) {
      RefusedEvent.of(read.problems()).send(asked.response);
    } else if (!isOpen.test(endpoint.pipeline())) {
      ProblemAnswer.unavailable(
              "not-ready",
              "not ready yet",
              "pipeline '%s' does not decide yet; /readyz says why".formatted(endpoint.pipeline()))
          .send(asked.response);
    } else if (!space.isEnough()) {
      space.full().send(asked.response);
    } else {
      publish(endpoint, event, slice, asked);
    }
  }

  private void publish(StreamEndpoint endpoint, Event event, EventSlice slice, Asked asked) {
    Context loop = vertx.getOrCreateContext();
    ReplyAddress address =
        waiting.open(loop, endpoint.deadlineMs(), answer -> answer(endpoint, event, answer, asked));
    if (address == null) {
      ProblemAnswer.tooMany("too many requests wait for a decision").send(asked.response);
      return;
    }
    asked.publishedNanos = System.nanoTime();
    publisher.publish(
        endpoint,
        event,
        slice.bytes(),
        slice.from(),
        slice.length(),
        slice.envelope(),
        address,
        (metadata, failure) -> {
          if (failure != null) {
            notLogged(endpoint, address, failure);
          }
        });
  }

  private void notLogged(StreamEndpoint endpoint, ReplyAddress address, Exception failure) {
    LOG.warn("an event of stream {} is not in the log: {}", endpoint.stream(), failure.toString());
    waiting.complete(
        address.number(),
        failure instanceof BufferExhaustedException ? Answer.NO_ROOM : Answer.NOT_LOGGED);
  }

  private void answer(StreamEndpoint endpoint, Event event, Answer answer, Asked asked) {
    switch (answer.kind()) {
      case DECIDED, REPEATED -> {
        long took = asked.time();
        JsonAnswer.send(asked.response, 200, Buffer.buffer(answer.body()));
        answered.accept(endpoint.pipeline(), took);
      }
      case CONFLICT -> conflict(endpoint, event).send(asked.response);
      case REFUSED -> refusedLater(answer.body()).send(asked.response);
      case NO_ROOM ->
          ProblemAnswer.tooMany("the log takes no more at the moment").send(asked.response);
      case NONE ->
          fallback(endpoint, event, "no decision within " + endpoint.deadlineMs() + " ms", asked);
      case NOT_LOGGED -> fallback(endpoint, event, "the log did not take the event", asked);
    }
  }

  private void fallback(StreamEndpoint endpoint, Event event, String because, Asked asked) {
    if (asked.response.closed()) {
      return; // Nobody was answered anything.
    }
    String id = endpoint.decisionId(event);
    FallbackAnswer fallback = new FallbackAnswer(id, endpoint.fallback());
    JsonBytes bytes = new JsonBytes();
    byte[] body = fallback.body(event.id(), endpoint.stream(), because, bytes);
    long took = asked.time();
    JsonAnswer.send(asked.response, 200, Buffer.buffer(body));
    answered.accept(endpoint.pipeline(), took);
    publisher.answered(
        endpoint.pipeline() + ".decisions",
        event.key(),
        id,
        fallback.encode(bytes),
        (metadata, failure) -> {
          if (failure != null) {
            LOG.warn("the fallback answered for {} is not in the log: {}", id, failure.toString());
          }
        });
  }

  private static ProblemAnswer conflict(StreamEndpoint endpoint, Event event) {
    String id = endpoint.decisionId(event);
    return ProblemAnswer.of(
            409,
            "conflict",
            "the id belongs to another event",
            "an event with this id and key came before with other content; a corrected event needs"
                + " an id of its own")
        .with("id", id)
        .with("event_id", event.id())
        .with("stream", endpoint.stream());
  }

  private static ProblemAnswer refusedLater(byte[] problem) {
    try {
      return RefusedEvent.of(new JsonObject(Buffer.buffer(problem)));
    } catch (DecodeException | ClassCastException e) {
      return RefusedEvent.of(new JsonObject());
    }
  }

  /** A request under way. */
  private static final class Asked {
    final HttpServerResponse response;
    final long beginNanos;
    long publishedNanos;

    Asked(HttpServerResponse response, long beginNanos) {
      this.response = response;
      this.beginNanos = beginNanos;
    }

    /** Tells the sender where the time went, and us how much of it. */
    long time() {
      long now = System.nanoTime();
      if (!response.headWritten()) {
        response.putHeader(
            "Server-Timing",
            "check;dur="
                + ms(publishedNanos - beginNanos)
                + ", decide;dur="
                + ms(now - publishedNanos)
                + ", total;dur="
                + ms(now - beginNanos));
      }
      return now - beginNanos;
    }

    /** Milliseconds with three decimals. */
    private static String ms(long nanos) {
      long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
      long rest = micros % 1_000;
      return micros / 1_000 + (rest < 10 ? ".00" : rest < 100 ? ".0" : ".") + rest;
    }
  }
}
