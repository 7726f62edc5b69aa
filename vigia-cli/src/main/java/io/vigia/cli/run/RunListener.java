package io.vigia.cli.run;

/** Is told how a start goes on, on any thread, one call at a time. */
public interface RunListener {
  /**
   * A part begins to start: {@code kafka}, {@code flink}, {@code postgres}, {@code gateway}, {@code
   * job card-fraud}.
   */
  void starting(String part);

  /** A part is ready, this many milliseconds after it began. */
  void ready(String part, long millis);

  /** Something the user should know, in one line. */
  void note(String line);
}
