package io.vigia.core.state;

import org.jspecify.annotations.Nullable;

/**
 * Where the parts of one key's state lie that need not be in memory: given by an engine that keeps
 * state on disk.
 *
 * <p><b>Shape.</b> Bytes by {@link PartId}; what was written is read until it is removed. All calls
 * happen while the engine works on that key. A failure of the store is thrown as it is.
 */
public interface PartStore {
  /** The bytes of a part, or null when there is none. */
  byte @Nullable [] read(PartId id);

  void write(PartId id, byte[] bytes);

  /** Removes a part, if it is there. */
  void remove(PartId id);
}
