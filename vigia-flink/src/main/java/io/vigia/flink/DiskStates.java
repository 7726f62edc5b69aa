package io.vigia.flink;

import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateLayout;
import io.vigia.core.state.StateOutput;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * Each state as a head and parts of their own, in RocksDB, and the keys used last in memory.
 *
 * <p><b>Units and bounds.</b> So many bytes of keys are held as the {@link Limits} say, and the one
 * that is worked on; so many of them differ from RocksDB, so that little is left to write when a
 * checkpoint begins.
 *
 * <p><b>Metrics.</b> {@code keysHeld}, {@code keysRead}, {@code keysWritten}.
 */
final class DiskStates implements KeyStates {
  /*
   * A changed key is written when so many others have changed since its first change, when it has to make room,
   * or before a checkpoint: a hot key is written once for many events, and one that comes once is written
   * once. Full segments and old ids are written and removed as it goes; a restore brings those of the checkpoint
   * back together with the heads, as Flink restores both.
   */
  /**
   * How much of the states one worker of a stage holds in memory.
   *
   * @param bytes about how many bytes
   * @param changed how many keys that have changed and are not yet written
   */
  record Limits(long bytes, int changed) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final Limits DEFAULT = new Limits(32L << 20, 1_024);
  }

  private final Limits limits;
  private final Stage stage;
  private final StateLayout layout;
  private final KeyContext keys;
  private final ValueState<byte[]> heads;
  private final KeyParts parts;
  private final StateOutput output = new StateOutput();
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private final ArrayDeque<Held> changed = new ArrayDeque<>();
  private final Counter read;
  private final Counter written;
  private long heldBytes;

  /** A key in memory. */
  private static final class Held {
    final String key;
    final KeyState state;
    long bytes;
    boolean isChanged;

    Held(String key, KeyState state) {
      this.key = key;
      this.state = state;
    }
  }

  DiskStates(
      Limits limits, Stage stage, LayoutCodec layout, KeyContext keys, RuntimeContext context) {
    this.limits = limits;
    this.stage = stage;
    this.layout = layout.layout();
    this.keys = keys;
    this.heads =
        context.getState(new ValueStateDescriptor<>("head", BytePrimitiveArraySerializer.INSTANCE));
    this.parts = new KeyParts(context);
    MetricGroup metrics = context.getMetricGroup();
    metrics.gauge("keysHeld", held::size);
    this.read = metrics.counter("keysRead");
    this.written = metrics.counter("keysWritten");
  }

  @Override
  public @Nullable KeyState get() throws Exception {
    Held known = held.get(key());
    if (known != null) {
      return known.state;
    }
    byte[] head = heads.value();
    if (head == null) {
      return null;
    }
    read.inc();
    KeyState state = KeyState.open(layout, new StateInput(head), parts);
    hold(new Held(key(), state));
    return state;
  }

  @Override
  public KeyState create() {
    KeyState state = stage.newState();
    state.keepIn(parts);
    return state;
  }

  @Override
  public void put(KeyState state) throws Exception {
    Held known = held.get(key());
    if (known == null) {
      known = new Held(key(), state);
      hold(known);
    }
    if (!known.isChanged) {
      known.isChanged = true;
      changed.add(known);
    }
    if (state.isLoaded()) {
      write(known);
      state.release();
    }
    weigh(known);
    makeRoom(known);
  }

  @Override
  public void clear() throws Exception {
    Held known = held.remove(key());
    if (known != null) {
      heldBytes -= known.bytes;
      known.isChanged = false;
    }
    heads.clear();
    parts.clear();
  }

  @Override
  public void flush() throws Exception {
    if (changed.isEmpty()) {
      return;
    }
    Object before = keys.getCurrentKey();
    while (!changed.isEmpty()) {
      writeOther(changed.remove());
    }
    if (before != null) {
      keys.setCurrentKey(before);
    }
  }

  private String key() {
    return (String) Objects.requireNonNull(keys.getCurrentKey());
  }

  private void hold(Held fresh) {
    held.put(fresh.key, fresh);
    weigh(fresh);
  }

  private void weigh(Held of) {
    heldBytes -= of.bytes;
    of.bytes = of.state.heapBytes();
    heldBytes += of.bytes;
  }

  /** Writes and drops what is too much; the key that is worked on stays. */
  private void makeRoom(Held current) throws Exception {
    if (changed.size() <= limits.changed && heldBytes <= limits.bytes) {
      return;
    }
    while (changed.size() > limits.changed) {
      writeOther(changed.remove());
    }
    Iterator<Held> oldest = held.values().iterator();
    while (heldBytes > limits.bytes && held.size() > 1) {
      Held dropped = oldest.next();
      writeOther(dropped);
      oldest.remove();
      heldBytes -= dropped.bytes;
    }
    keys.setCurrentKey(current.key);
  }

  private void writeOther(Held other) throws Exception {
    if (other.isChanged) {
      keys.setCurrentKey(other.key);
      write(other);
    }
  }

  private void write(Held of) throws Exception {
    of.isChanged = false;
    written.inc();
    output.reset();
    of.state.save(output);
    heads.update(output.toByteArray());
  }
}
