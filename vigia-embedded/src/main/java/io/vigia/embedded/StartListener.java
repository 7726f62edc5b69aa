package io.vigia.embedded;

/** Is told how the start goes on, by several threads but by one at a time. */
public interface StartListener {
  /** For who does not care. */
  StartListener NONE =
      new StartListener() {
        @Override
        public void onStarting(String part) {}

        @Override
        public void onReady(String part, long millis) {}
      };

  /** {@code part}, one of {@code kafka}, {@code flink} and {@code postgres}, begins to start. */
  void onStarting(String part);

  /** {@code part} is ready, this many milliseconds after it began. */
  void onReady(String part, long millis);
}
