package io.vigia.server;

/**
 * What the server takes at most.
 *
 * <p><b>Units and bounds.</b> {@code eventBytes} and {@code batchBytes} of one request's body;
 * {@code waitingMax} requests that wait for a decision; {@code batchesMax} batches taken at a time;
 * {@code connectionsMax} connections; {@code recentBytes} of decisions kept in memory for
 * repetitions; below {@code freeBytesLeast} free bytes no event is taken. All at least 1.
 */
public record ServerLimits(
    long eventBytes,
    long batchBytes,
    int waitingMax,
    int batchesMax,
    int connectionsMax,
    long recentBytes,
    long freeBytesLeast) {

  /**
   * 256 KiB an event, 16 MiB a batch, 10,000 waiting, 4 batches, 1,000 connections, 32 MiB of
   * decisions, 256 MiB free.
   */
  public static final ServerLimits DEFAULT =
      new ServerLimits(256 << 10, 16 << 20, 10_000, 4, 1_000, 32 << 20, 256 << 20);

  public ServerLimits {
    positive("eventBytes", eventBytes);
    positive("batchBytes", batchBytes);
    positive("waitingMax", waitingMax);
    positive("batchesMax", batchesMax);
    positive("connectionsMax", connectionsMax);
    positive("recentBytes", recentBytes);
    positive("freeBytesLeast", freeBytesLeast);
  }

  /** The same with another number of waiting requests. */
  public ServerLimits withWaitingMax(int max) {
    return new ServerLimits(
        eventBytes, batchBytes, max, batchesMax, connectionsMax, recentBytes, freeBytesLeast);
  }

  /** The same with another number of connections. */
  public ServerLimits withConnectionsMax(int max) {
    return new ServerLimits(
        eventBytes, batchBytes, waitingMax, batchesMax, max, recentBytes, freeBytesLeast);
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": must be positive, got " + value);
    }
  }
}
