package io.vigia.flink;

import io.vigia.core.state.PartId;
import io.vigia.core.state.PartStore;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** The parts of the state of the key that the operator works on, each an entry of its own. */
final class KeyParts implements PartStore {
  private final MapState<PartId, byte[]> parts;

  KeyParts(RuntimeContext context) {
    this.parts =
        context.getMapState(
            new MapStateDescriptor<>(
                "parts", PartIdSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE));
  }

  @Override
  public byte @Nullable [] read(PartId id) {
    try {
      return parts.get(id);
    } catch (Exception e) {
      throw failed("read", id, e);
    }
  }

  @Override
  public void write(PartId id, byte[] bytes) {
    try {
      parts.put(id, bytes);
    } catch (Exception e) {
      throw failed("written", id, e);
    }
  }

  @Override
  public void remove(PartId id) {
    try {
      parts.remove(id);
    } catch (Exception e) {
      throw failed("removed", id, e);
    }
  }

  void clear() {
    parts.clear();
  }

  private static FlinkRuntimeException failed(String what, PartId id, Exception cause) {
    return new FlinkRuntimeException("state: " + id + " cannot be " + what, cause);
  }
}
