package io.vigia.core.state;

/**
 * What is computed from the logs of a key, and may be kept beside them so that a state on disk need
 * not be read as a whole to compute it again.
 */
public interface Derived {
  void write(StateOutput output);

  /** About how many bytes it takes in memory. */
  default long heapBytes() {
    return 0;
  }

  /** As it was written, until those ask for it who know what it means. */
  final class Stored implements Derived {
    private final byte[] bytes;

    Stored(byte[] bytes) {
      this.bytes = bytes;
    }

    public StateInput input() {
      return new StateInput(bytes);
    }

    @Override
    public void write(StateOutput output) {
      output.writeRaw(bytes);
    }
  }
}
