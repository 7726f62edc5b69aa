package io.vigia.server.answer;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vigia.server.topic.ReplyAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for a decision, each with a deadline.
 *
 * <p><b>Units and bounds.</b> At most {@code max} at a time; O(1) for each request.
 *
 * <p>Safe for any number of threads. A request is ended exactly once, on its own event loop.
 */
public final class WaitingRequests {
  private final String gateway;
  private final int max;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentMap<Long, Waiting> waiting = new ConcurrentHashMap<>();

  /**
   * Requests of one gateway.
   *
   * @param gateway the gateway's id, new with every start
   */
  public WaitingRequests(String gateway, int max) {
    this.gateway = gateway;
    this.max = max;
  }

  public String gateway() {
    return gateway;
  }

  /** A number that no request and no probe of this gateway had before. */
  public ReplyAddress nextAddress() {
    return new ReplyAddress(gateway, numbers.incrementAndGet());
  }

  /**
   * Lets a request wait. To be called on its event loop.
   *
   * @param end is told the answer, on that same event loop
   * @return where the answer must be sent to, or null when too many wait already
   */
  public @Nullable ReplyAddress open(Context loop, long deadlineMs, Handler<Answer> end) {
    if (count.incrementAndGet() > max) {
      count.decrementAndGet();
      return null;
    }
    ReplyAddress address = nextAddress();
    long number = address.number();
    long timer =
        loop.owner()
            .setTimer(
                Math.max(1, deadlineMs),
                fired -> {
                  Waiting late = remove(number);
                  if (late != null) {
                    late.end.handle(Answer.NONE);
                  }
                });
    waiting.put(number, new Waiting(loop, timer, end));
    return address;
  }

  /** Ends a request; false when it has been answered already. */
  public boolean complete(long number, Answer answer) {
    Waiting request = remove(number);
    if (request == null) {
      return false;
    }
    request.loop.runOnContext(
        now -> {
          request.loop.owner().cancelTimer(request.timer);
          request.end.handle(answer);
        });
    return true;
  }

  /** Whether a request still waits. */
  public boolean isWaiting(long number) {
    return waiting.containsKey(number);
  }

  /** How many wait. */
  public int size() {
    return count.get();
  }

  private @Nullable Waiting remove(long number) {
    Waiting request = waiting.remove(number);
    if (request != null) {
      count.decrementAndGet();
    }
    return request;
  }

  private record Waiting(Context loop, long timer, Handler<Answer> end) {}
}
