package io.vigia.flink;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import io.vigia.flink.OutputRecord.Header;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Carries rows from one worker to the next. Never part of a checkpoint: only stages keep state.
 *
 * <p>A row has one owner at a time, which is why it need not be copied between chained operators.
 */
final class TransitSerializer extends TypeSerializer<Transit> {
  private static final long serialVersionUID = 1L;
  private static final int ROW = 0;
  private static final int OUTPUT = 1;
  private static final int MISSING = 0;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int DECIMAL = 3;

  private final Versioned pipeline;
  private transient @Nullable CompiledPipeline compiled;
  private transient @Nullable StateOutput buffer;

  TransitSerializer(Versioned pipeline) {
    this.pipeline = pipeline;
  }

  private CompiledPipeline compiled() {
    CompiledPipeline known = compiled;
    if (known == null) {
      known = pipeline.compile();
      compiled = known;
    }
    return known;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<Transit> duplicate() {
    return new TransitSerializer(pipeline);
  }

  @Override
  public Transit createInstance() {
    return Transit.of(new OutputRecord("", null, null, List.of()));
  }

  @Override
  public Transit copy(Transit from) {
    return from;
  }

  @Override
  public Transit copy(Transit from, Transit reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Transit transit, DataOutputView target) throws IOException {
    StateOutput out = buffer;
    if (out == null) {
      out = new StateOutput();
      buffer = out;
    }
    out.reset();
    Row row = transit.row();
    if (row != null) {
      out.writeByte(ROW);
      write(row, out);
    } else {
      out.writeByte(OUTPUT);
      write(Objects.requireNonNull(transit.output()), out);
    }
    target.writeInt(out.size());
    target.write(out.buffer(), 0, out.size());
  }

  private static void write(Row row, StateOutput out) {
    Event event = row.event();
    out.writeUnsigned(event.stream().ordinal());
    out.writeText(event.id());
    out.writeText(event.key());
    out.writeSigned(event.timeMs());
    out.writeSigned(event.appendMs());
    out.writeUnsigned(event.partition());
    out.writeUnsigned(event.offset());
    writeSlots(event.values(), out);
    writeSlots(row.features(), out);
    out.writeUnsigned(row.version());
    writeOptional(row.replyTo(), out);
    out.writeByte(row.late() ? 1 : 0);
    BitSet coarse = row.coarse();
    writeOptional(coarse == null ? null : coarse.toByteArray(), out);
    out.writeUnsigned(row.givenUp());
    writeOptional(row.original(), out);
  }

  private static void writeSlots(Slots slots, StateOutput out) {
    for (int i = 0; i < slots.size(); i++) {
      if (!slots.has(i)) {
        out.writeByte(MISSING);
      } else if (slots.held(i) instanceof String text) {
        out.writeByte(TEXT);
        out.writeText(text);
      } else if (slots.held(i) instanceof BigDecimal decimal) {
        out.writeByte(DECIMAL);
        out.writeDecimal(decimal);
      } else {
        out.writeByte(NUMBER);
        out.writeFixed(slots.number(i));
      }
    }
  }

  private static void write(OutputRecord output, StateOutput out) {
    out.writeText(output.topic());
    writeOptional(output.key(), out);
    writeOptional(output.value(), out);
    out.writeUnsigned(output.headers().size());
    for (Header header : output.headers()) {
      out.writeText(header.name());
      out.writeText(header.value());
    }
  }

  private static void writeOptional(@Nullable String text, StateOutput out) {
    out.writeByte(text == null ? 0 : 1);
    if (text != null) {
      out.writeText(text);
    }
  }

  private static void writeOptional(byte @Nullable [] bytes, StateOutput out) {
    out.writeByte(bytes == null ? 0 : 1);
    if (bytes != null) {
      out.writeBlock(bytes);
    }
  }

  @Override
  public Transit deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    StateInput in = new StateInput(bytes);
    return in.readByte() == ROW ? Transit.of(readRow(in)) : Transit.of(readOutput(in));
  }

  private Row readRow(StateInput in) {
    StreamSchema stream = compiled().stream(in.readCount());
    String id = in.readText();
    String key = in.readText();
    long time = in.readSigned();
    long append = in.readSigned();
    int partition = in.readCount();
    long offset = in.readUnsigned();
    Slots values = new Slots(stream.size());
    readSlots(values, in);
    Event event = new Event(stream, id, key, time, values, append, partition, offset);
    Slots features = new Slots(compiled().slots());
    readSlots(features, in);
    int version = in.readCount();
    String replyTo = in.readByte() == 0 ? null : in.readText();
    Row row = new Row(event, features, version, replyTo);
    if (in.readByte() != 0) {
      row.markLate();
    }
    if (in.readByte() != 0) {
      BitSet.valueOf(in.readBlock()).stream().forEach(row::markCoarse);
    }
    row.countGivenUp(in.readCount());
    row.keepOriginal(in.readByte() == 0 ? null : in.readBlock());
    return row;
  }

  private static void readSlots(Slots slots, StateInput in) {
    for (int i = 0; i < slots.size(); i++) {
      switch (in.readByte()) {
        case MISSING -> slots.clear(i);
        case TEXT -> slots.setObject(i, in.readText());
        case DECIMAL -> slots.setObject(i, in.readDecimal());
        default -> slots.setNumber(i, in.readFixed());
      }
    }
  }

  private static OutputRecord readOutput(StateInput in) {
    String topic = in.readText();
    byte[] key = in.readByte() == 0 ? null : in.readBlock();
    byte[] value = in.readByte() == 0 ? null : in.readBlock();
    int count = in.readCount();
    List<Header> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new Header(in.readText(), in.readText()));
    }
    return new OutputRecord(topic, key, value, headers);
  }

  @Override
  public Transit deserialize(Transit reuse, DataInputView source) throws IOException {
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
    return other instanceof TransitSerializer that && pipeline.equals(that.pipeline);
  }

  @Override
  public int hashCode() {
    return pipeline.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Transit> snapshotConfiguration() {
    throw new IllegalStateException("rows in transit are not part of a checkpoint");
  }
}
