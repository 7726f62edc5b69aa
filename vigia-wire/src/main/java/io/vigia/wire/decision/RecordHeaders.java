package io.vigia.wire.decision;

/** The names of the headers of Vigia's records on Kafka; all values are text in UTF-8. */
public final class RecordHeaders {
  /** What a record of the decisions topic is: {@link RecordKind#word()}. */
  public static final String KIND = "vigia-kind";

  /** Who waits for the answer: {@code <gatewayId>/<request number>}; echoed from the event. */
  public static final String REPLY = "vigia-reply";

  /** The id of the decision. */
  public static final String ID = "vigia-id";

  /** Marks a record of an event topic as no event; what it asks for. */
  public static final String CONTROL = "vigia-control";

  /** The control that the job echoes as {@link RecordKind#PROBE}. */
  public static final String CONTROL_PROBE = "probe";

  /**
   * The control that tells time where no event does: the time that {@link #MARK} says has come to
   * the stream that {@link #STREAM} names. The job echoes it as {@link RecordKind#PROBE}.
   */
  public static final String CONTROL_TICK = "tick";

  /** Of a tick: an event time in epoch milliseconds. */
  public static final String MARK = "vigia-mark";

  /** Of a dead letter: the code of its problem. */
  public static final String REASON = "vigia-reason";

  /** Of a dead letter: the message of its problem. */
  public static final String MESSAGE = "vigia-message";

  /** Of a dead letter: {@code <topic>-<partition>@<offset>} of the event. */
  public static final String PLACE = "vigia-place";

  /**
   * Of a dead letter: the stream it was sent to. Of a tick: {@code <pipeline>.<stream>}, for
   * pipelines that share a topic may tell time by different fields.
   */
  public static final String STREAM = "vigia-stream";

  /** The attributes of a CloudEvent, in Kafka's binary mode. */
  public static final String CE_ID = "ce_id";

  public static final String CE_SOURCE = "ce_source";
  public static final String CE_TYPE = "ce_type";
  public static final String CE_TIME = "ce_time";
  public static final String CE_SPEC_VERSION = "ce_specversion";

  private RecordHeaders() {}
}
