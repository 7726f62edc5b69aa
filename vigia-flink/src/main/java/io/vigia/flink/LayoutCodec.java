package io.vigia.flink;

import io.vigia.core.event.FieldType;
import io.vigia.core.state.LogLayout;
import io.vigia.core.state.StateLayout;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state layout that can be written into a checkpoint and shipped with a job. */
final class LayoutCodec implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient StateLayout layout;

  LayoutCodec(StateLayout layout) {
    this.layout = layout;
  }

  StateLayout layout() {
    return layout;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(layout.logs().size());
    for (LogLayout log : layout.logs()) {
      out.writeInt(log.columns().size());
      for (FieldType type : log.columns()) {
        out.writeUTF(type.word());
      }
      out.writeInt(log.filters());
      out.writeBoolean(log.optional());
    }
    out.writeInt(layout.registers());
    out.writeInt(layout.identities());
  }

  static LayoutCodec read(DataInput in) throws IOException {
    List<LogLayout> logs = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      List<FieldType> columns = new ArrayList<>();
      int size = in.readInt();
      for (int c = 0; c < size; c++) {
        columns.add(FieldType.valueOf(in.readUTF().toUpperCase(java.util.Locale.ROOT)));
      }
      logs.add(new LogLayout(columns, in.readInt(), in.readBoolean()));
    }
    return new LayoutCodec(new StateLayout(logs, in.readInt(), in.readInt()));
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    layout = read(in).layout;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LayoutCodec that && layout.equals(that.layout);
  }

  @Override
  public int hashCode() {
    return layout.hashCode();
  }
}
