package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pattern.Candidate;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A pattern made by seed over the streams of {@link RandomPipeline}, and what its conditions say,
 * in Java.
 */
final class RandomPattern {
  private static final int[][] TIMES = {
    {1, 1}, {1, 1}, {1, StepDefinition.UNBOUNDED}, {2, StepDefinition.UNBOUNDED}, {2, 3}, {1, 2}
  };

  private final Random random;
  private final IdentityHashMap<Candidate, BiPredicate<NaivePattern.Way, Event>> meanings =
      new IdentityHashMap<>();
  private final List<Integer> taking = new ArrayList<>();
  private final PatternDefinition definition;

  RandomPattern(String name, String entity, Random random) {
    this(name, entity, 0, random);
  }

  /**
   * @param absent how many negated steps are the last ones, so that time completes the pattern
   */
  RandomPattern(String name, String entity, int absent, Random random) {
    this.random = random;
    int size = 1 + random.nextInt(4);
    List<StepDefinition> steps = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      steps.add(step(i, size));
    }
    while (steps.size() < size + absent) {
      List<Candidate> candidates = List.of(candidate(steps.size(), true));
      steps.add(new StepDefinition(text("s" + steps.size()), candidates, 1, 1, true));
    }
    definition =
        new PatternDefinition(
            text(name),
            List.of(text(entity)),
            new long[] {1, 15, 40, 90}[random.nextInt(4)],
            steps,
            random.nextInt(4) == 0,
            random.nextBoolean(),
            random.nextInt(4) == 0 ? candidate(steps.size(), false) : null);
  }

  PatternDefinition definition() {
    return definition;
  }

  /** Whether an event fits a candidate for a way that has come so far. */
  boolean fits(Candidate candidate, NaivePattern.Way way, Event event) {
    return candidate.on().value().equals(event.stream().name())
        && Objects.requireNonNull(meanings.get(candidate)).test(way, event);
  }

  private static Text text(String value) {
    return new Text(value, Place.of("random.yaml"));
  }

  private StepDefinition step(int position, int size) {
    boolean inside = position > 0 && position < size - 1;
    boolean negated = inside && random.nextInt(3) == 0;
    int[] times = TIMES[random.nextInt(TIMES.length)];
    boolean optional = position < size - 1 && random.nextInt(5) == 0;
    List<Candidate> candidates = new ArrayList<>();
    if (!negated) {
      taking.add(position);
    }
    for (int i = random.nextInt(4) == 0 ? 0 : 1; i < 2; i++) {
      candidates.add(candidate(position, true));
    }
    return new StepDefinition(
        text("s" + position),
        candidates,
        negated ? 1 : optional ? 0 : times[0],
        negated ? 1 : times[1],
        negated);
  }

  private Candidate candidate(int position, boolean ofStep) {
    String on = random.nextInt(3) == 0 ? "b" : "a";
    boolean reads = !taking.isEmpty() && random.nextInt(3) == 0;
    int other = reads ? taking.get(random.nextInt(taking.size())) : position;
    int number = random.nextInt(3);
    String name = "s" + other;
    int kind = reads ? 4 + random.nextInt(4) : random.nextInt(ofStep ? 4 : 3);
    return switch (kind) {
      case 0 -> meaning(on, "event.i > " + number, (way, e) -> number(e) > number);
      case 1 -> meaning(on, "event.i < " + -number, (way, e) -> number(e) < -number);
      case 2 -> meaning(on, "event.s in lists.good", (way, e) -> isGood(e));
      case 3 -> meaning(on, null, (way, e) -> true);
      case 4 ->
          meaning(
              on,
              "event.i > " + name + ".last.i",
              (way, e) -> way.has(other) && number(e) > number(way.last(other)));
      case 5 ->
          meaning(
              on,
              "event.s != " + name + ".first.s",
              (way, e) ->
                  way.has(other)
                      && word(e) != null
                      && word(way.taken(other).get(0)) != null
                      && !Objects.equals(word(e), word(way.taken(other).get(0))));
      case 6 ->
          meaning(
              on,
              "!has(" + name + ".last.m) || event.m >= " + name + ".last.m",
              (way, e) ->
                  !way.has(other)
                      || amount(way.last(other)) == null
                      || (amount(e) != null && isAtLeast(e, way.last(other))));
      default ->
          meaning(
              on,
              name + ".count > " + number + " || event.i == " + number,
              (way, e) -> way.taken(other).size() > number || number(e) == number);
    };
  }

  private Candidate meaning(
      String on, @Nullable String where, BiPredicate<NaivePattern.Way, Event> meaning) {
    Candidate candidate = new Candidate(text(on), where == null ? null : text(where));
    meanings.put(candidate, meaning);
    return candidate;
  }

  static long number(Event event) {
    StreamSchema stream = event.stream();
    return event.values().number(stream.position("i"));
  }

  private static @Nullable Object word(Event event) {
    return event.values().object(event.stream().position("s"));
  }

  private static @Nullable BigDecimal amount(Event event) {
    return (BigDecimal) event.values().object(event.stream().position("m"));
  }

  private static boolean isAtLeast(Event event, Event other) {
    return Objects.requireNonNull(amount(event)).compareTo(Objects.requireNonNull(amount(other)))
        >= 0;
  }

  private static boolean isGood(Event event) {
    Object text = word(event);
    return "s0".equals(text) || "s1".equals(text);
  }
}
