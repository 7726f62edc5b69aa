package io.vigia.server.answer;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/**
 * Answers a request whose event had been decided before, with the bytes of then.
 *
 * <p>Recent decisions come from the cache, older ones from the store. Where neither has it yet (the
 * first decision may still be on its way through the processor, or not yet be stored) it is looked
 * for again until the request's deadline.
 *
 * <p><b>Units and bounds.</b> A look every {@value #AGAIN_MS} milliseconds for as long as the
 * request waits.
 */
public final class RepeatAnswers {
  private static final long AGAIN_MS = 20;

  /** How much later than its event's repetition a decision may come. */
  static final Duration AGAIN = Duration.ofMillis(AGAIN_MS);

  private final Vertx vertx;
  private final WaitingRequests waiting;
  private final RecentDecisions recent;
  private final DecisionLookup store;

  public RepeatAnswers(
      Vertx vertx, WaitingRequests waiting, RecentDecisions recent, DecisionLookup store) {
    this.vertx = vertx;
    this.waiting = waiting;
    this.recent = recent;
    this.store = store;
  }

  /** Answers request {@code number} with decision {@code id} as soon as that is found. */
  public void answer(String id, long number) {
    byte[] body = recent.find(id);
    if (body != null) {
      waiting.complete(number, Answer.of(Answer.Kind.REPEATED, body));
    } else if (waiting.isWaiting(number)) {
      store
          .find(id)
          .onComplete(
              found -> stored(id, number, found.succeeded() ? found.result() : Optional.empty()));
    }
  }

  private void stored(String id, long number, Optional<byte[]> body) {
    if (body.isPresent()) {
      waiting.complete(number, Answer.of(Answer.Kind.REPEATED, body.get()));
    } else {
      vertx.setTimer(AGAIN.toMillis(), fired -> answer(id, number));
    }
  }
}
