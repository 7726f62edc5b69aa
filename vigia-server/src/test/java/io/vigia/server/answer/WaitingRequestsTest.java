package io.vigia.server.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vigia.server.topic.ReplyAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WaitingRequestsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void complete_twice_answersOnce() throws Exception {
    WaitingRequests waiting = new WaitingRequests("g", 10);
    ReplyAddress address = open(waiting, 10_000);
    assertNotNull(address);
    assertEquals("g", address.gateway());
    assertTrue(waiting.isWaiting(address.number()));
    assertTrue(waiting.complete(address.number(), Answer.of(Answer.Kind.DECIDED, new byte[1])));
    assertFalse(waiting.complete(address.number(), Answer.NONE));
    assertEquals(Answer.Kind.DECIDED, next().kind());
    assertEquals(0, waiting.size());
    assertNull(answers.poll(50, TimeUnit.MILLISECONDS));
  }

  @Test
  void open_deadlinePasses_answersNothingAndForgets() throws Exception {
    WaitingRequests waiting = new WaitingRequests("g", 10);
    ReplyAddress address = open(waiting, 5);
    assertNotNull(address);
    assertEquals(Answer.NONE, next());
    assertFalse(waiting.complete(address.number(), Answer.NONE));
    assertEquals(0, waiting.size());
  }

  @Test
  void open_full_isRefusedUntilOneIsAnswered() {
    WaitingRequests waiting = new WaitingRequests("g", 2);
    ReplyAddress first = open(waiting, 10_000);
    assertNotNull(first);
    assertNotNull(open(waiting, 10_000));
    assertNull(open(waiting, 10_000));
    assertEquals(2, waiting.size());
    waiting.complete(first.number(), Answer.NONE);
    assertNotNull(open(waiting, 10_000));
  }

  @Test
  void complete_unknownNumber_isPassedOver() {
    assertFalse(new WaitingRequests("g", 2).complete(42, Answer.NONE));
  }

  private @Nullable ReplyAddress open(WaitingRequests waiting, long deadlineMs) {
    CompletableFuture<@Nullable ReplyAddress> opened = new CompletableFuture<>();
    loop.runOnContext(now -> opened.complete(waiting.open(loop, deadlineMs, answers::add)));
    return opened.join();
  }

  private Answer next() throws InterruptedException {
    Answer answer = answers.poll(5, TimeUnit.SECONDS);
    assertNotNull(answer);
    return answer;
  }
}
