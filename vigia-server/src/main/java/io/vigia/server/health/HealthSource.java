package io.vigia.server.health;

import java.util.List;

/**
 * What somebody else knows of the health of what he runs: the command of its Flink jobs, for one.
 *
 * <p>Called for each request to {@code /readyz}; must answer at once and on any thread.
 */
@FunctionalInterface
public interface HealthSource {
  /** Nobody else runs anything. */
  HealthSource NONE = List::of;

  /** How each part stands. */
  List<PartHealth> parts();

  /**
   * How one part stands.
   *
   * <p><b>Shape.</b> {@code name} such as {@code processor card-fraud}; {@code detail} in one line,
   * such as {@code 8 of 8 tasks run, 0 restarts}.
   */
  record PartHealth(String name, boolean healthy, String detail) {}
}
