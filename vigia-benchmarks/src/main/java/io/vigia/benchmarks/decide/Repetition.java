package io.vigia.benchmarks.decide;

import io.vigia.benchmarks.load.LoadResult;

/** One run of one system at one rate: the latencies, and the processor time it took. */
record Repetition(LoadResult result, CpuTimes cpu) {
  private static final double MICROS_A_MS = 1_000.0;

  double latencyMs(double percentile) {
    return result.latencies().getValueAtPercentile(percentile) / MICROS_A_MS;
  }

  /**
   * Seconds of this process and the database for a thousand requests, what idles beside included.
   */
  double cpuPerThousand() {
    return cpu.server().plus(cpu.postgres()).toNanos() / 1e6 / result.latencies().getTotalCount();
  }
}
