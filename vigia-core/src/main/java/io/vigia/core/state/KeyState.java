package io.vigia.core.state;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that one key of one stage remembers.
 *
 * <p><b>Shape.</b> Logs, registers and identities as the {@link StateLayout} says, and the newest
 * event time that the key has been judged at. {@link #derived()} is what the windows compute from
 * the logs; it is not part of the binary form and is computed again when missing.
 *
 * <p>An engine that keeps state on disk {@linkplain #open opens} a key by its head and gives it a
 * {@link PartStore}: full segments of logs and old ids lie there, are read when an event needs them
 * and written by {@link #save} when they have changed.
 *
 * <p><b>Units and bounds.</b> Copying costs one reference for every {@value Segment#CAPACITY}
 * events. A head has at most that many events of each log, {@value StoredIds#BLOCK} ids, the
 * registers, and what is derived as far as it is small. Mutable, owned by one thread at a time.
 */
public final class KeyState {
  /** The first byte of the binary form. */
  private static final int VERSION = 3;

  /** The first byte of a head. */
  private static final int HEAD_VERSION = 1;

  /** A key lets go of what it has read of its windows when it is more than this. */
  private static final int LOADED_MAX = 64;

  /** What a key takes besides its events: its objects, ids, and what its windows have gathered. */
  private static final long HEAP_BYTES = 2_048;

  private static final EventLog[] NO_LOGS = {};
  private static final IdentityLog[] NO_IDENTITIES = {};
  private static final @Nullable Register[] NONE_SET = new @Nullable Register[0];

  /*
   * The first log and the first identities have fields of their own, since nearly every key has only those: they are
   * reached without an array in between, and there is no array where they are the only ones. Nor is there an array of registers as long as no register is set, as
   * most keys never need one.
   */
  private final StateLayout layout;
  private final @Nullable EventLog firstLog;
  private @Nullable IdentityLog firstIdentities;
  private final EventLog[] logs;
  private @Nullable Register[] registers;
  private final IdentityLog[] identities;
  private long newestMs = Long.MIN_VALUE;
  private @Nullable Derived derived;

  public KeyState(StateLayout layout) {
    this(
        layout,
        layout.logs().stream().map(EventLog::new).toArray(EventLog[]::new),
        NONE_SET,
        newIdentities(layout.identities()));
  }

  private static IdentityLog[] newIdentities(int count) {
    IdentityLog[] identities = new IdentityLog[count];
    for (int i = 0; i < count; i++) {
      identities[i] = new IdentityLog();
    }
    return identities;
  }

  private KeyState(
      StateLayout layout,
      EventLog[] logs,
      @Nullable Register[] registers,
      IdentityLog[] identities) {
    this.layout = layout;
    this.logs = logs.length > 1 ? logs : NO_LOGS;
    this.registers = registers;
    this.identities = identities.length > 1 ? identities : NO_IDENTITIES;
    this.firstLog = logs.length == 0 ? null : logs[0];
    this.firstIdentities = identities.length == 0 ? null : identities[0];
  }

  public EventLog log(int index) {
    EventLog first = firstLog;
    return index == 0 && first != null ? first : logs[index];
  }

  public IdentityLog identities(int index) {
    IdentityLog first = firstIdentities;
    return index == 0 && first != null ? first : identities[index];
  }

  private Stream<EventLog> logs() {
    return IntStream.range(0, layout.logs().size()).mapToObj(this::log);
  }

  private Stream<IdentityLog> identities() {
    return IntStream.range(0, layout.identities()).mapToObj(this::identities);
  }

  /** A register, or null as long as nothing was folded. */
  public @Nullable Register register(int index) {
    @Nullable Register[] all = registers;
    return all == NONE_SET ? null : all[index];
  }

  public void setRegister(int index, @Nullable Register register) {
    if (registers != NONE_SET) {
      registers[index] = register;
    } else if (register != null) {
      registers = new @Nullable Register[layout.registers()];
      registers[index] = register;
    }
  }

  /** The newest event time this key was judged at; {@link Long#MIN_VALUE} before the first. */
  public long newestMs() {
    return newestMs;
  }

  public void advanceTo(long timeMs) {
    newestMs = Math.max(newestMs, timeMs);
  }

  /** What the windows have computed from the logs, or null when that has to be done again. */
  public @Nullable Derived derived() {
    return derived;
  }

  public void setDerived(@Nullable Derived derived) {
    this.derived = derived;
  }

  /**
   * A state that can be changed without changing this one.
   *
   * <p>The copy takes over what is derived: an engine copies in order to go on with the copy, while
   * the original is only written.
   */
  public KeyState copy() {
    KeyState copy =
        new KeyState(
            layout,
            logs().map(EventLog::copy).toArray(EventLog[]::new),
            NONE_SET,
            identities().map(IdentityLog::copy).toArray(IdentityLog[]::new));
    for (int i = 0; i < registers.length; i++) {
      Register register = registers[i];
      copy.setRegister(i, register == null ? null : register.copy());
    }
    copy.newestMs = newestMs;
    copy.derived = derived;
    derived = null;
    return copy;
  }

  /** Writes the compact, versioned binary form. */
  public void write(StateOutput output) {
    output.writeByte(VERSION);
    output.writeSigned(newestMs);
    for (int i = 0; i < layout.logs().size(); i++) {
      EventLog log = log(i);
      log.write(output);
    }
    writeRegisters(output);
    for (int i = 0; i < layout.identities(); i++) {
      identities(i).write(output);
    }
  }

  private void writeRegisters(StateOutput output) {
    for (int i = 0; i < layout.registers(); i++) {
      Register register = register(i);
      StateOutput own = new StateOutput();
      if (register != null) {
        register.write(own);
      }
      output.writeBlock(own.toByteArray());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException if the bytes are damaged or of a version that is not known
   */
  public static KeyState read(StateLayout layout, StateInput input) {
    int version = input.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("damaged state: found version " + version);
    }
    long newestMs = input.readSigned();
    EventLog[] logs = new EventLog[layout.logs().size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = EventLog.read(layout.logs().get(i), input);
    }
    @Nullable Register[] registers = readRegisters(layout, input);
    IdentityLog[] identities = new IdentityLog[layout.identities()];
    for (int i = 0; i < identities.length; i++) {
      identities[i] = IdentityLog.read(input);
    }
    KeyState state = new KeyState(layout, logs, registers, identities);
    state.newestMs = newestMs;
    return state;
  }

  private static @Nullable Register[] readRegisters(StateLayout layout, StateInput input) {
    @Nullable Register[] registers = NONE_SET;
    for (int i = 0; i < layout.registers(); i++) {
      byte[] register = input.readBlock();
      if (register.length > 0) {
        registers = registers == NONE_SET ? new @Nullable Register[layout.registers()] : registers;
        registers[i] = new Register.Stored(register);
      }
    }
    return registers;
  }

  /** Keeps in {@code parts} from now on what need not be in memory, once it is {@link #save}d. */
  public void keepIn(PartStore parts) {
    for (int i = 0; i < layout.logs().size(); i++) {
      log(i).keepIn(parts, PartId.spaceOfLog(i));
    }
    for (int i = 0; i < layout.identities(); i++) {
      IdentityLog kept = identities(i).keptIn(parts, PartId.spaceOfIds(i));
      if (i == 0) {
        firstIdentities = kept;
      }
      if (identities.length > 0) {
        identities[i] = kept;
      }
    }
  }

  /**
   * Writes the parts that have changed, then the head, with which {@link #open} goes on.
   *
   * @param head gets the head and nothing else
   */
  public void save(StateOutput head) {
    boolean segmented = false;
    for (int i = 0; i < layout.logs().size(); i++) {
      EventLog log = log(i);
      log.save(head);
      segmented |= log.isSegmented();
    }
    head.reset();
    head.writeByte(HEAD_VERSION);
    head.writeSigned(newestMs);
    for (int i = 0; i < layout.logs().size(); i++) {
      EventLog log = log(i);
      log.writeHead(head);
    }
    writeRegisters(head);
    for (int i = 0; i < layout.identities(); i++) {
      identities(i).writeHead(head);
    }
    StateOutput own = new StateOutput();
    // Without full segments it is computed from the head alone.
    if (derived != null && segmented) {
      derived.write(own);
    }
    head.writeBlock(own.toByteArray());
  }

  /**
   * Reads a head that {@link #save} wrote.
   *
   * @throws IllegalStateException if the bytes are damaged or of a version that is not known; if a
   *     part is, it is thrown when the part is needed
   */
  public static KeyState open(StateLayout layout, StateInput head, PartStore parts) {
    int version = head.readByte();
    if (version != HEAD_VERSION) {
      throw new IllegalStateException("damaged state: found a head of version " + version);
    }
    long newestMs = head.readSigned();
    EventLog[] logs = new EventLog[layout.logs().size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = EventLog.open(layout.logs().get(i), head, parts, PartId.spaceOfLog(i));
    }
    @Nullable Register[] registers = readRegisters(layout, head);
    IdentityLog[] identities = new IdentityLog[layout.identities()];
    for (int i = 0; i < identities.length; i++) {
      identities[i] = IdentityLog.open(head, parts, PartId.spaceOfIds(i));
    }
    KeyState state = new KeyState(layout, logs, registers, identities);
    state.newestMs = newestMs;
    byte[] derived = head.readBlock();
    if (derived.length > 0) {
      state.derived = new Derived.Stored(derived);
    }
    head.end();
    return state;
  }

  /** About how many bytes the key takes in memory. */
  public long heapBytes() {
    long bytes = HEAP_BYTES;
    for (int i = 0; i < layout.logs().size(); i++) {
      EventLog log = log(i);
      bytes += log.heapBytes();
    }
    return derived == null ? bytes : bytes + derived.heapBytes();
  }

  /** Whether so much of the key's parts was read that what is saved should be let go. */
  public boolean isLoaded() {
    for (int i = 0; i < layout.logs().size(); i++) {
      EventLog log = log(i);
      if (log.loaded() > LOADED_MAX) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of the parts that were read and have not changed since they were saved. */
  public void release() {
    for (int i = 0; i < layout.logs().size(); i++) {
      EventLog log = log(i);
      log.release();
    }
  }
}
