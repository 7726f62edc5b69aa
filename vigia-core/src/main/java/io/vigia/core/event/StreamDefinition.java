package io.vigia.core.event;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the pipeline file declares it.
 *
 * <p><b>Shape.</b> {@code key} has one or several fields; {@code time} is null for the CloudEvents
 * time or arrival; {@code topic} is null for {@code <pipeline>.<stream>}.
 *
 * <p><b>Units and bounds.</b> Durations in milliseconds; {@code maxAgeMs} and {@code maxAheadMs}
 * are {@link Long#MAX_VALUE} when off. {@code maxEvents}, at least 1, is how many of its events one
 * key of an entity keeps one by one.
 */
public record StreamDefinition(
    Text name,
    IdDefinition id,
    @Nullable Text time,
    List<Text> key,
    @Nullable String topic,
    long dedupeMs,
    long outOfOrderMs,
    long maxAgeMs,
    long maxAheadMs,
    long maxEvents,
    List<FieldDefinition> fields,
    DecideDefinition decide)
    implements Serializable {

  /** Recognises a repeated id for an hour unless the file says otherwise. */
  public static final long DEFAULT_DEDUPE_MS = 3_600_000;

  /** Takes events that are up to ten seconds late as if they were in order. */
  public static final long DEFAULT_OUT_OF_ORDER_MS = 10_000;

  /**
   * Some hundred megabytes for one key: far above what a card or a merchant has, and below what
   * takes the memory of a job from all others.
   */
  public static final long DEFAULT_MAX_EVENTS = 5_000_000;

  public StreamDefinition {
    key = List.copyOf(key);
    fields = List.copyOf(fields);
    if (maxEvents < 1) {
      throw new IllegalArgumentException(
          "stream '" + name + "': max_events must be positive, got " + maxEvents);
    }
  }

  /** A stream of which a key keeps {@link #DEFAULT_MAX_EVENTS}. */
  public StreamDefinition(
      Text name,
      IdDefinition id,
      @Nullable Text time,
      List<Text> key,
      @Nullable String topic,
      long dedupeMs,
      long outOfOrderMs,
      long maxAgeMs,
      long maxAheadMs,
      List<FieldDefinition> fields,
      DecideDefinition decide) {
    this(
        name,
        id,
        time,
        key,
        topic,
        dedupeMs,
        outOfOrderMs,
        maxAgeMs,
        maxAheadMs,
        DEFAULT_MAX_EVENTS,
        fields,
        decide);
  }

  /**
   * Where an event's id comes from.
   *
   * <p><b>Shape.</b> {@code fields} for {@link Kind#FIELDS} alone, at least one.
   */
  public record IdDefinition(Kind kind, List<Text> fields) implements Serializable {
    public IdDefinition {
      fields = List.copyOf(fields);
    }

    /** The three ways. */
    public enum Kind {
      /** The CloudEvents source and id together. */
      CLOUD_EVENT,
      /** The file's name and the line's number, as {@code send} and {@code backtest} give them. */
      LINE,
      /** One or several fields of the event. */
      FIELDS
    }
  }

  /**
   * How a waiting sender is answered.
   *
   * <p><b>Shape.</b> {@code fallback} is the outcome answered when no decision comes within {@code
   * deadlineMs}; null for {@code review}.
   */
  public record DecideDefinition(long deadlineMs, @Nullable Text fallback) implements Serializable {
    /** A quarter of a second, and review. */
    public static final DecideDefinition DEFAULT = new DecideDefinition(250, null);
  }
}
