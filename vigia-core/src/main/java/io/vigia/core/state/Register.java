package io.vigia.core.state;

import java.util.Arrays;

/**
 * A value into which a feature without a window folds the events that leave its log.
 *
 * <p>Its binary form must be all it knows: a register that is written, read and written again gives
 * the same bytes.
 */
public interface Register {
  void write(StateOutput output);

  /** A register that can be changed without changing this one. */
  Register copy();

  /**
   * A register as it was written: a state can be read, copied and written without knowing what its
   * features make of it.
   */
  final class Stored implements Register {
    private final byte[] bytes;

    Stored(byte[] bytes) {
      this.bytes = bytes;
    }

    /** What the feature's own register wrote. */
    public StateInput input() {
      return new StateInput(Arrays.copyOf(bytes, bytes.length));
    }

    @Override
    public void write(StateOutput output) {
      output.writeRaw(bytes);
    }

    @Override
    public Register copy() {
      return this;
    }
  }
}
