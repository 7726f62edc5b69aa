package io.vigia.flink;

import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateLayout;
import io.vigia.core.state.StateOutput;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the state of one key in its own compact binary form.
 *
 * <p>Copying shares what is immutable, so that a checkpoint of a heap backend costs one reference
 * for each full segment of the keys that are touched while it is taken.
 */
final class KeyStateSerializer extends TypeSerializer<KeyState> {
  private static final long serialVersionUID = 1L;

  private final LayoutCodec layout;
  private transient @Nullable StateOutput output;

  KeyStateSerializer(StateLayout layout) {
    this(new LayoutCodec(layout));
  }

  KeyStateSerializer(LayoutCodec layout) {
    this.layout = layout;
  }

  StateLayout layout() {
    return layout.layout();
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<KeyState> duplicate() {
    return new KeyStateSerializer(layout);
  }

  @Override
  public KeyState createInstance() {
    return new KeyState(layout());
  }

  @Override
  public KeyState copy(KeyState from) {
    return from.copy();
  }

  @Override
  public KeyState copy(KeyState from, KeyState reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(KeyState state, DataOutputView target) throws IOException {
    StateOutput buffer = output;
    if (buffer == null) {
      buffer = new StateOutput();
      output = buffer;
    }
    buffer.reset();
    state.write(buffer);
    target.writeInt(buffer.size());
    target.write(buffer.buffer(), 0, buffer.size());
  }

  @Override
  public KeyState deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return KeyState.read(layout(), new StateInput(bytes));
  }

  @Override
  public KeyState deserialize(KeyState reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyStateSerializer that && layout.equals(that.layout);
  }

  @Override
  public int hashCode() {
    return layout.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<KeyState> snapshotConfiguration() {
    return new Snapshot(layout);
  }

  /**
   * Keeps the layout in the checkpoint, so that state can be read before any pipeline is compiled.
   */
  public static final class Snapshot implements TypeSerializerSnapshot<KeyState> {
    private static final int VERSION = 1;

    private @Nullable LayoutCodec layout;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public Snapshot() {}

    Snapshot(LayoutCodec layout) {
      this.layout = layout;
    }

    private LayoutCodec layout() {
      return Objects.requireNonNull(layout, "the snapshot has not been read");
    }

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      layout().write(out);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
        throws IOException {
      if (readVersion != VERSION) {
        throw new IOException("state layout of version " + readVersion + ", expected " + VERSION);
      }
      layout = LayoutCodec.read(in);
    }

    @Override
    public TypeSerializer<KeyState> restoreSerializer() {
      return new KeyStateSerializer(layout());
    }

    @Override
    public TypeSerializerSchemaCompatibility<KeyState> resolveSchemaCompatibility(
        TypeSerializerSnapshot<KeyState> old) {
      return old instanceof Snapshot that && that.layout().equals(layout())
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
