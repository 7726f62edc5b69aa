package io.vigia.flink.cep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A pattern that means the same here and in Flink's CEP library, made by seed.
 *
 * <p><b>Shape.</b> One stream whose events have a letter and a number. A step takes events of its
 * letter; {@code above} names an earlier step whose event's number its own must exceed.
 *
 * <p><b>Where the meanings coincide</b>, with {@code overlap: true} there and no skipping here:
 *
 * <ul>
 *   <li>{@code strict} patterns ({@code next}, {@code consecutive}) without negated steps: all of
 *       them, with repetitions of any kind and optional steps;
 *   <li>relaxed ones ({@code followedBy}) whose steps take one event or a fixed number, with
 *       negated steps behind such as take one, and any kind of repetition at the end; also where
 *       the last step is negated, so that time completes them.
 * </ul>
 *
 * <p><b>Where they do not.</b> Without {@code overlap} a match ends what is open as soon as an
 * event completes it; Flink's {@code skipPastLastEvent} waits as long as an earlier beginning may
 * still become a match. A relaxed repetition here takes every event that it can and leaves with the
 * first that the next step takes, while Flink also follows the ways that pass these over; likewise
 * at an optional step. A negated step here forbids its events behind the last event of the step
 * before, in Flink also between the repetitions of that step. An event that fits a negated step and
 * the one behind it is forbidden here and taken there. Late events are taken in the order of their
 * arrival here, and are sorted or dropped there.
 */
record SharedPattern(long withinMs, boolean strict, List<Step> steps) {
  static final int UNBOUNDED = -1;

  SharedPattern {
    steps = List.copyOf(steps);
  }

  /**
   * A step.
   *
   * @param most {@link #UNBOUNDED} for any number
   * @param above the position of a step that takes one event, or -1
   */
  record Step(char letter, int least, int most, boolean negated, int above)
      implements Serializable {
    boolean isSingle() {
      return least == 1 && most == 1 && !negated;
    }

    boolean isOptional() {
      return least == 0;
    }
  }

  /** An event. */
  record Letter(char letter, int number, long timeMs) implements Serializable {
    @Override
    public String toString() {
      return letter + "" + number + "@" + timeMs;
    }
  }

  static String nameOf(int step) {
    return "s" + step;
  }

  /** Whether time completes it. */
  boolean endsInSilence() {
    return steps.get(steps.size() - 1).negated();
  }

  static SharedPattern random(Random random) {
    boolean strict = random.nextInt(3) == 0;
    boolean reading = random.nextBoolean();
    int size = 1 + random.nextInt(4);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Step step = step(random, steps, strict, i == size - 1, reading);
      int before = steps.size() - 1;
      if (i > 0 && steps.get(before).negated() && steps.get(before).letter() == step.letter()) {
        // What must not come cannot be what is waited for.
        steps.remove(before);
      }
      steps.add(step);
    }
    if (!strict && random.nextInt(3) == 0 && steps.get(steps.size() - 1).isSingle()) {
      steps.add(negated(random));
    }
    return new SharedPattern(5 + random.nextInt(40), strict, steps);
  }

  private static Step step(
      Random random, List<Step> before, boolean strict, boolean last, boolean reading) {
    boolean first = before.isEmpty();
    boolean behindSingle = !first && before.get(before.size() - 1).isSingle();
    if (!strict && !last && behindSingle && random.nextInt(4) == 0) {
      return negated(random);
    }
    int above = reading && random.nextInt(2) == 0 ? single(random, before) : -1;
    // Flink knows no optional step behind a negated one.
    boolean behindNegated = !first && before.get(before.size() - 1).negated();
    return switch (behindNegated ? 0 : random.nextInt(6)) {
      case 1 -> exactly(random, 2 + random.nextInt(2), above);
      case 2 ->
          strict || last
              ? new Step(letter(random), 1 + random.nextInt(2), UNBOUNDED, false, above)
              : one(random, above);
      case 3 ->
          strict || last
              ? new Step(letter(random), 1, 2 + random.nextInt(2), false, above)
              : one(random, above);
      case 4 ->
          !first && !last && strict
              ? new Step(letter(random), 0, 1, false, above)
              : one(random, above);
      default -> one(random, above);
    };
  }

  private static Step negated(Random random) {
    return new Step(letter(random), 1, 1, true, -1);
  }

  private static Step one(Random random, int above) {
    return exactly(random, 1, above);
  }

  private static Step exactly(Random random, int count, int above) {
    return new Step(letter(random), count, count, false, above);
  }

  private static int single(Random random, List<Step> before) {
    List<Integer> single = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).isSingle()) {
        single.add(i);
      }
    }
    return single.isEmpty() ? -1 : single.get(random.nextInt(single.size()));
  }

  private static char letter(Random random) {
    return (char) ('a' + random.nextInt(3));
  }

  /** Events in the order of time, some at the same time. */
  static List<Letter> letters(Random random, int count) {
    List<Letter> letters = new ArrayList<>();
    long time = 1_000;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(5);
      letters.add(new Letter(letter(random), random.nextInt(5), time));
    }
    return letters;
  }
}
