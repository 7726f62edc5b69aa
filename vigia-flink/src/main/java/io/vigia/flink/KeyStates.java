package io.vigia.flink;

import io.vigia.core.state.KeyState;
import org.jspecify.annotations.Nullable;

/**
 * The states of a stage's keys. Everything is about the key that the operator works on, but {@link
 * #flush}.
 */
interface KeyStates {
  /** The state of the key, or null when it has none. */
  @Nullable KeyState get() throws Exception;

  /** A state for a key that has none; it becomes the key's by {@link #put}. */
  KeyState create();

  /** The state of the key, which {@link #get} or {@link #create} gave, has changed. */
  void put(KeyState state) throws Exception;

  /** The key has no state any more. */
  void clear() throws Exception;

  /** Hands all that has changed to Flink: a checkpoint is about to be taken. */
  void flush() throws Exception;
}
