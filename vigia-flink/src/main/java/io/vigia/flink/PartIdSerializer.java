package io.vigia.flink;

import io.vigia.core.state.PartId;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Reads and writes the names of parts, so that those of one space lie beside one another. */
final class PartIdSerializer extends TypeSerializerSingleton<PartId> {
  static final PartIdSerializer INSTANCE = new PartIdSerializer();
  private static final long serialVersionUID = 1L;
  private static final int BYTES = Short.BYTES + 2 * Long.BYTES;

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public PartId createInstance() {
    return new PartId(0, 0, 0);
  }

  @Override
  public PartId copy(PartId from) {
    return from;
  }

  @Override
  public PartId copy(PartId from, PartId reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return BYTES;
  }

  @Override
  public void serialize(PartId id, DataOutputView target) throws IOException {
    target.writeShort(id.space());
    target.writeLong(id.high());
    target.writeLong(id.low());
  }

  @Override
  public PartId deserialize(DataInputView source) throws IOException {
    return new PartId(source.readUnsignedShort(), source.readLong(), source.readLong());
  }

  @Override
  public PartId deserialize(PartId reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    target.write(source, BYTES);
  }

  @Override
  public TypeSerializerSnapshot<PartId> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The form is the same as long as this class has this name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartId> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
