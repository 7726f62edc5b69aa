package io.vigia.wire.event;

/**
 * What one event and one request may be at most, on every way in.
 *
 * <p>A decision repeats the values of its event, and Kafka takes records up to one megabyte: the
 * limits leave room for both.
 */
public final class EventLimits {
  /** Bytes of one event: its JSON, or its record in a file. */
  public static final int EVENT_BYTES = 256 * 1024;

  /** Characters of one text. */
  public static final int TEXT_CHARS = 65_536;

  /** Characters of a written number. */
  public static final int NUMBER_CHARS = 1_000;

  /** Characters of the name of a value. */
  public static final int NAME_CHARS = 256;

  /** Characters of an id or a key, the parts of a joined one together. */
  public static final int IDENTITY_CHARS = 1_024;

  /** How deep objects and arrays may stand in one another, the event itself included. */
  public static final int DEPTH = 64;

  /** Events of one request. */
  public static final int BATCH_EVENTS = 10_000;

  private EventLimits() {}
}
