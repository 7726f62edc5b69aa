package io.vigia.server.ingest;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import io.vigia.server.http.JsonAnswer;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventBatch;
import io.vigia.wire.event.EventSlice;
import io.vigia.wire.event.JsonEvents;
import io.vigia.wire.event.JsonEvents.Form;
import java.time.InstantSource;

/**
 * {@code POST /v1/streams/{stream}/events}: any number of events in, acknowledged once they are in
 * the log.
 *
 * <p><b>Shape.</b> 202 with <code>{"accepted":n,"rejected":[{"index":0,"problems":[…]}]}</code>;
 * the order of the request is the order in the log.
 *
 * <p><b>Errors.</b> 400 only when none is accepted; 503 when the log did not acknowledge all: the
 * whole request may be sent again, what is known already is recognised by its id.
 */
public final class EventsHandler implements Handler<RoutingContext> {
  private static final String FORMS =
      "application/json, application/x-ndjson, application/cloudevents+json"
          + " or application/cloudevents-batch+json";

  private final Vertx vertx;
  private final StreamDirectory streams;
  private final EventReader reader;
  private final EventPublisher publisher;
  private final FreeSpace space;

  public EventsHandler(
      Vertx vertx,
      StreamDirectory streams,
      InstantSource clock,
      EventPublisher publisher,
      FreeSpace space) {
    this.vertx = vertx;
    this.streams = streams;
    this.reader = new EventReader(clock);
    this.publisher = publisher;
    this.space = space;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    String name = context.pathParam("stream");
    StreamEndpoint endpoint = streams.find(name);
    if (endpoint == null) {
      streams.unknown(name).send(response);
      return;
    }
    Form form = RequestForm.of(context.request().headers());
    if (form == null) {
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
    if (!space.isEnough()) {
      space.full().send(response);
      return;
    }
    Buffer body = context.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    Context loop = vertx.getOrCreateContext();
    vertx
        .executeBlocking(
            () -> {
              take(endpoint, bytes, form, envelope, loop, response);
              return true;
            },
            false)
        .onFailure(context::fail);
  }

  private void take(
      StreamEndpoint endpoint,
      byte[] body,
      Form form,
      Envelope envelope,
      Context loop,
      HttpServerResponse response) {
    EventBatch batch = JsonEvents.split(endpoint.stream(), body, form, envelope);
    if (!batch.problems().isEmpty() || batch.slices().isEmpty()) {
      ProblemAnswer refused =
          batch.problems().isEmpty()
              ? ProblemAnswer.badRequest("found no event, expected at least one")
              : RefusedEvent.of(batch.problems());
      loop.runOnContext(now -> refused.send(response));
      return;
    }
    BatchResult result =
        new BatchResult(done -> loop.runOnContext(now -> answer(endpoint, done, response)));
    for (EventSlice slice : batch.slices()) {
      EventReader.Read read = reader.read(endpoint, slice);
      Event event = read.event();
      if (event == null) {
        result.reject(slice.index(), read.problems());
        continue;
      }
      result.sending();
      publisher.publish(
          endpoint,
          event,
          slice.bytes(),
          slice.from(),
          slice.length(),
          slice.envelope(),
          null,
          (metadata, failure) -> result.sent(failure));
    }
    result.complete();
  }

  private static void answer(
      StreamEndpoint endpoint, BatchResult result, HttpServerResponse response) {
    if (result.lost() > 0) {
      ProblemAnswer.unavailable(
              "log-away",
              "the log did not acknowledge all",
              ("%d events are not acknowledged; send the whole request again,"
                      + " those that are there already are recognised")
                  .formatted(result.lost()))
          .with("accepted", result.accepted())
          .with("rejected", result.rejected())
          .send(response);
    } else if (result.accepted() == 0) {
      ProblemAnswer.of(
              400,
              "event-refused",
              "no event was accepted",
              "none of the %d events fits stream '%s'"
                  .formatted(result.rejectedCount(), endpoint.stream()))
          .with("accepted", 0)
          .with("rejected", result.rejected())
          .send(response);
    } else {
      JsonAnswer.send(
          response,
          202,
          new JsonObject().put("accepted", result.accepted()).put("rejected", result.rejected()));
    }
  }
}
