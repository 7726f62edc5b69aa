package io.vigia.testkit;

import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.PartId;
import io.vigia.core.state.PartStore;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One key as an engine with state on disk keeps it: a head, parts, and counts of what it reads. */
final class KeyInParts implements PartStore {
  private final Stage stage;
  private final Map<PartId, byte[]> parts = new HashMap<>();
  private byte @Nullable [] head;
  private @Nullable KeyState state;
  private int touched;
  private long read;

  KeyInParts(Stage stage) {
    this.stage = stage;
  }

  @Override
  public byte @Nullable [] read(PartId id) {
    touched++;
    byte[] bytes = parts.get(id);
    read += bytes == null ? 0 : bytes.length;
    return bytes;
  }

  @Override
  public void write(PartId id, byte[] bytes) {
    touched++;
    parts.put(id, bytes);
  }

  @Override
  public void remove(PartId id) {
    touched++;
    parts.remove(id);
  }

  /** The state, from memory, from its head, or new. */
  KeyState open() {
    KeyState known = state;
    if (known == null) {
      byte[] saved = head;
      known =
          saved == null
              ? stage.newState()
              : KeyState.open(stage.layout(), new StateInput(saved), this);
      if (saved == null) {
        known.keepIn(this);
      }
    }
    state = known;
    return known;
  }

  /** Writes what has changed. */
  void save() {
    KeyState known = state;
    if (known != null) {
      StateOutput output = new StateOutput();
      known.save(output);
      head = output.toByteArray();
    }
  }

  /** Keeps nothing of it in memory; what was not saved is lost. */
  void drop() {
    state = null;
  }

  /** How many parts were read, written or removed since this was last asked. */
  int takeTouched() {
    int taken = touched;
    touched = 0;
    return taken;
  }

  /** How many bytes of parts were ever read. */
  long bytesRead() {
    return read;
  }

  int parts() {
    return parts.size();
  }

  int headBytes() {
    return head == null ? 0 : head.length;
  }

  /** All bytes of the head and the parts. */
  long bytes() {
    return headBytes() + parts.values().stream().mapToLong(part -> part.length).sum();
  }
}
