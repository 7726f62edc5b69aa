package io.vigia.wire.event;

import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;

/**
 * What a file is called: {@code shown} in problems, {@code name} (without folders) in ids; and
 * whether its lines are ids.
 */
record FileLabel(String shown, String name, Kind id) {

  /** The envelope of the record at a line. */
  Envelope envelope(int line) {
    return id == Kind.LINE ? Envelope.ofLine(name, line) : Envelope.NONE;
  }
}
