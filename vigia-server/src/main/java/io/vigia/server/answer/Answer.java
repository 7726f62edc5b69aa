package io.vigia.server.answer;

/**
 * What ends a waiting request.
 *
 * <p><b>Shape.</b> {@code body} is JSON as it stands in the log, empty where nothing came.
 */
public record Answer(Kind kind, byte[] body) {
  private static final byte[] EMPTY = {};

  /** No decision came before the deadline. */
  public static final Answer NONE = new Answer(Kind.NONE, EMPTY);

  /** The log has no room at the moment. */
  public static final Answer NO_ROOM = new Answer(Kind.NO_ROOM, EMPTY);

  /** The log did not take the event. */
  public static final Answer NOT_LOGGED = new Answer(Kind.NOT_LOGGED, EMPTY);

  static Answer of(Kind kind, byte[] body) {
    return new Answer(kind, body);
  }

  /** The ways in which a request ends. */
  public enum Kind {
    /** The event was decided now. */
    DECIDED,
    /** The event was decided before; the same bytes as then. */
    REPEATED,
    /** The id belongs to an event with other content. */
    CONFLICT,
    /** The processor could not take the event. */
    REFUSED,
    /** Nothing came in time. */
    NONE,
    /** The log has no room at the moment. */
    NO_ROOM,
    /** The log did not take the event. */
    NOT_LOGGED
  }
}
