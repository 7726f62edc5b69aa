package io.vigia.server.answer;

import io.vigia.server.answer.Answer.Kind;
import io.vigia.server.topic.HeaderText;
import io.vigia.server.topic.ReplyAddress;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.RecordKind;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes what comes back through the decisions topics: ends the requests that wait for it and tells
 * the page and the probes.
 *
 * <p>Runs on the thread of its {@link io.vigia.server.topic.TopicTail}; the waiting sender comes
 * first.
 */
public final class DecisionListener {
  private static final byte[] EMPTY = {};

  private final Map<String, String> pipelineOfTopic;
  private final WaitingRequests waiting;
  private final RecentDecisions recent;
  private final RepeatAnswers repeats;
  private final Onlooker onlooker;

  /**
   * A listener.
   *
   * @param pipelineOfTopic the pipeline of each decisions topic
   */
  public DecisionListener(
      Map<String, String> pipelineOfTopic,
      WaitingRequests waiting,
      RecentDecisions recent,
      RepeatAnswers repeats,
      Onlooker onlooker) {
    this.pipelineOfTopic = Map.copyOf(pipelineOfTopic);
    this.waiting = waiting;
    this.recent = recent;
    this.repeats = repeats;
    this.onlooker = onlooker;
  }

  /** Takes one record of a decisions topic. */
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    RecordKind kind = HeaderText.kindOf(record.headers());
    String pipeline = pipelineOfTopic.get(record.topic());
    if (kind == null || pipeline == null) {
      return;
    }
    ReplyAddress reply = ReplyAddress.of(record.headers());
    boolean mine = reply != null && reply.gateway().equals(waiting.gateway());
    long number = mine && reply != null ? reply.number() : -1;
    String id = HeaderText.of(record.headers(), RecordHeaders.ID);
    byte[] value = record.value() == null ? EMPTY : record.value();
    switch (kind) {
      case DECISION -> decided(pipeline, id, number, value);
      case REPEAT -> repeated(id, number);
      case CONFLICT -> end(number, Kind.CONFLICT, value);
      case REFUSED -> end(number, Kind.REFUSED, value);
      case PROBE -> {
        if (mine) {
          onlooker.probeReturned(pipeline, number);
        }
      }
      case ANSWER -> {
        // What some gateway answered is for the store.
      }
    }
  }

  private void decided(String pipeline, @Nullable String id, long number, byte[] value) {
    byte[] first = id == null ? value : recent.firstOf(id, value);
    end(number, Kind.DECIDED, first);
    if (first == value) {
      onlooker.decided(pipeline, value);
    }
  }

  private void repeated(@Nullable String id, long number) {
    if (number >= 0 && id != null) {
      repeats.answer(id, number);
    }
  }

  private void end(long number, Kind kind, byte[] body) {
    if (number >= 0) {
      waiting.complete(number, Answer.of(kind, body));
    }
  }

  /** Who is told of what passes, besides the sender. */
  public interface Onlooker {
    /** A decision has passed for the first time. */
    void decided(String pipeline, byte[] decision);

    /** A probe of this gateway has come back. */
    void probeReturned(String pipeline, long number);
  }
}
