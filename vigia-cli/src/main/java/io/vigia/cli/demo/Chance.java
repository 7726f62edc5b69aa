package io.vigia.cli.demo;

import java.util.List;
import java.util.Random;

/**
 * Chance by seed, the same on every Java: {@link Random}'s sequence is part of its contract.
 *
 * <p>Mutable, owned by one thread.
 */
final class Chance {
  private final Random random;

  Chance(long seed) {
    this.random = new Random(seed);
  }

  /** From 0 on, below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} up to and including {@code high}. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** A factor around 1: half of all are below it; {@code spread} is the logarithm's deviation. */
  double factor(double spread) {
    return StrictMath.exp(spread * random.nextGaussian());
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /**
   * A position that is the likelier the further in front it is: 0 about {@code bound} times the
   * last.
   */
  int inFront(int bound) {
    return Math.min(bound - 1, (int) (StrictMath.pow(bound + 1.0, random.nextDouble()) - 1));
  }

  /** How likely {@link #inFront} gives a position. */
  static double shareInFront(int position, int bound) {
    return StrictMath.log((position + 2.0) / (position + 1.0)) / StrictMath.log(bound + 1.0);
  }
}
