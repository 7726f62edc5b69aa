package io.vigia.core.pattern;

import static io.vigia.core.pipeline.PipelineDraft.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.Cases;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Patterns that read a feature of keys with too many events, beside the same ones of keys that keep
 * all: what differs is marked.
 */
final class CoarseMatchesPropertyTest {
  private static final int OUT_OF_ORDER = 5;
  private static final int EVENTS = 120;

  private int different;
  private int marked;
  private int answers;

  /** A pattern, compiled for keys that keep so many events. */
  private record Form(PatternDefinition pattern, long maxEvents) {
    CompiledPipeline pipeline(long most) {
      return new PipelineDraft()
          .dedupe(1).outOfOrder(OUT_OF_ORDER).maxEvents(most).stream(
                  "e", "card", "id string, t timestamp, card string, shop string, i int")
              .feature("f", "e by card: count session 12")
              .feature("g", "e by shop: count session 12")
              .pattern(pattern)
              .rule("r", pattern.endsInSilence() ? "p" : "e", condition(), "block", 1)
              .compile();
    }

    private String condition() {
      return pattern.endsInSilence() ? "true" : "matched.p";
    }
  }

  private static StepDefinition step(Random random, String name, boolean negated) {
    String where =
        switch (random.nextInt(3)) {
          case 0 -> "f > " + (3 + random.nextInt(6));
          case 1 -> "g < " + (3 + random.nextInt(6)) + " && event.i > 2";
          default -> "event.i == " + random.nextInt(4);
        };
    int least = negated ? 1 : 1 + random.nextInt(2);
    return new StepDefinition(
        text(name), List.of(new Candidate(text("e"), text(where))), least, least, negated);
  }

  private static Form form(Random random, boolean silence) {
    List<StepDefinition> steps = new ArrayList<>();
    steps.add(step(random, "first", false));
    if (random.nextBoolean()) {
      steps.add(step(random, "not", true));
      steps.add(step(random, "then", false));
    } else if (!silence || random.nextBoolean()) {
      steps.add(step(random, "then", false));
    }
    if (silence) {
      steps.add(step(random, "absent", true));
    }
    return new Form(
        new PatternDefinition(
            text("p"),
            List.of(text("card")),
            10 + random.nextInt(40),
            steps,
            random.nextInt(4) == 0,
            random.nextBoolean(),
            null),
        3 + random.nextInt(6));
  }

  @Test
  void matched_ofCoarseValues_isMarkedWhereItDiffers() {
    Cases.run(600, random -> run(form(random, false), random));
    assertTrue(different > 200, different + " of " + answers + " differ");
    assertTrue(answers - marked > 5_000, marked + " of " + answers + " are marked");
  }

  @Test
  void silence_ofCoarseValues_isMarkedWhereThereIsNone() {
    Cases.run(600, random -> run(form(random, true), random));
    assertTrue(different > 100, different + " of " + answers + " differ");
    assertTrue(answers - marked > 500, marked + " of " + answers + " are marked");
  }

  private void run(Form form, Random random) {
    CompiledPipeline pipeline = form.pipeline(form.maxEvents);
    CompiledPipeline whole = form.pipeline(EVENTS);
    Replay replay = new Replay(pipeline, 1);
    Replay exact = new Replay(whole, 1);
    boolean silence = form.pattern.endsInSilence();
    int disorder = silence ? 1 : OUT_OF_ORDER;
    long time = 1_000;
    for (int n = 0; n < EVENTS; n++) {
      time += random.nextInt(10) == 0 ? random.nextInt(60) : random.nextInt(8);
      String values =
          "id=e%d t=%d card=c%d shop=s%d i=%d"
              .formatted(
                  n,
                  time - random.nextInt(disorder),
                  random.nextInt(2),
                  random.nextInt(2),
                  random.nextInt(6));
      if (random.nextInt(10) == 0) {
        replay.sweep();
        replay = Replay.restore(pipeline, 1, replay.snapshot());
      }
      Decision found = decision(replay, PipelineDraft.event(pipeline, "e", values));
      Decision expected = decision(exact, PipelineDraft.event(whole, "e", values));
      if (silence) {
        // Time tells both of the same silences.
        replay.advanceTo(time - OUT_OF_ORDER);
        exact.advanceTo(time - OUT_OF_ORDER);
        check(replay.takeSilences(), exact.takeSilences(), form);
      } else {
        check(found, found.outcome().equals(expected.outcome()), n + " " + form);
      }
    }
  }

  private static Decision decision(Replay replay, Event event) {
    return Objects.requireNonNull(replay.process(event).decision());
  }

  private void check(List<Replay.Result> found, List<Replay.Result> expected, Form form) {
    Set<String> known = new HashSet<>();
    expected.forEach(each -> known.add(each.row().event().id()));
    for (Replay.Result each : found) {
      Decision decision = Objects.requireNonNull(each.decision());
      check(decision, known.contains(decision.event().id()), decision.event().id() + " " + form);
    }
  }

  private void check(Decision decision, boolean same, String place) {
    answers++;
    marked += decision.coarse().isEmpty() ? 0 : 1;
    different += same ? 0 : 1;
    if (!same) {
      String name = decision.event().stream().name().equals("p") ? "p" : "matched";
      assertEquals(Set.of(name), new TreeSet<>(decision.coarse()), place);
    }
  }
}
