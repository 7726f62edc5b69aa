package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.replay.Replay;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every engine must keep: the same events give the same decisions as {@link Replay}, whatever
 * order they come in within the streams' {@code out_of_order}, with and without a stop in the
 * middle; those about silences included, which the engine finds by letting time go on with every
 * event.
 *
 * <p><b>Shape.</b> A test extends it and says how its engine runs a pipeline:
 *
 * <pre>
 * final class MyEngineContractTest extends EngineContract {
 *   &#64;Override
 *   protected Map&lt;String, String&gt; decide(CompiledPipeline pipeline, List&lt;List&lt;Event&gt;&gt; runs) {
 *     MyEngine engine = MyEngine.start(pipeline);
 *     for (List&lt;Event&gt; run : runs) {
 *       run.forEach(engine::send);
 *       engine = engine.stopAndRestore();
 *     }
 *     return engine.decisions();
 *   }
 * }
 * </pre>
 *
 * <p><b>Units and bounds.</b> {@link #cases()} random pipelines for each of its tests, {@link
 * #events()} events each; an engine that is slow to start overrides them. A failure names its seed
 * (see {@link Seeds}).
 */
public abstract class EngineContract {
  /** How much longer long windows are, and how many times as many events they get. */
  private static final int SLOWED = 40;

  private static final int LONG = 8;

  /**
   * Runs a pipeline over events that arrive one after the other, in one partition.
   *
   * @param runs the events; between two runs the engine is stopped and started again from what it
   *     has kept
   * @return for each event id the first decision, as {@link #shown} shows it; nothing for an event
   *     that was not decided
   */
  protected abstract Map<String, String> decide(CompiledPipeline pipeline, List<List<Event>> runs)
      throws Exception;

  /** How many pipelines each test tries. */
  protected int cases() {
    return 40;
  }

  /** How many events each pipeline gets. */
  protected int events() {
    return 150;
  }

  /**
   * How a decision is compared and shown. An engine that gives decisions in another form than the
   * record, such as JSON, overrides it to bring the expected ones into that form.
   */
  protected String shown(Decision decision) {
    return decision.id()
        + " "
        + decision.outcome()
        + " "
        + decision.score()
        + " rules "
        + decision.rules()
        + " shadow "
        + decision.shadow()
        + " unknown "
        + decision.unknown()
        + " features "
        + shown(decision.features())
        + " coarse "
        + decision.coarse()
        + (decision.late() ? " late" : "");
  }

  /** Features by name, decimals by their number. */
  private static Map<String, @Nullable Object> shown(Map<?, ?> features) {
    Map<String, @Nullable Object> shown = new TreeMap<>();
    features.forEach(
        (name, value) ->
            shown.put(
                name.toString(),
                value instanceof Map<?, ?> parts
                    ? shown(parts)
                    : value instanceof BigDecimal decimal ? decimal.toPlainString() : value));
    return shown;
  }

  @Test
  protected void decide_eventsInOrder_equalsReplay() {
    check(
        "in order",
        RandomPipeline.LONG_DEDUPE,
        (pipeline, random) -> List.of(RandomEvents.of(pipeline).events(random, events())));
  }

  @Test
  protected void decide_eventsOutOfOrder_equalsReplay() {
    check(
        "out of order",
        RandomPipeline.LONG_DEDUPE,
        (pipeline, random) -> List.of(disordered(pipeline).events(random, events())));
  }

  @Test
  protected void decide_repeatsAndConflicts_changeNothing() {
    check(
        "repeats and conflicts",
        RandomPipeline.LONG_DEDUPE,
        (pipeline, random) ->
            List.of(disordered(pipeline).repeats(6).conflicts(20).events(random, events())));
  }

  @Test
  protected void decide_stoppedInTheMiddle_equalsReplay() {
    check(
        "stopped in the middle",
        RandomPipeline.LONG_DEDUPE,
        (pipeline, random) ->
            cut(disordered(pipeline).repeats(10).events(random, events()), random));
  }

  /** Events so far apart that keys fall silent and are forgotten in between. */
  @Test
  protected void decide_keysForgotten_equalsReplay() {
    check(
        "keys forgotten",
        RandomPipeline.SHORT_DEDUPE,
        (pipeline, random) ->
            cut(disordered(pipeline).step(Duration.ofMillis(80)).events(random, events()), random));
  }

  /** Windows that hold most of the events of a hot key, some of which come seconds late. */
  @Test
  protected void decide_longWindows_equalsReplay() {
    check(
        "long windows",
        random -> RandomPipeline.slowed(random, RandomPipeline.LONG_DEDUPE, SLOWED),
        (pipeline, random) ->
            cut(
                RandomEvents.of(pipeline)
                    .disorder(RandomPipeline.OUT_OF_ORDER.multipliedBy(SLOWED))
                    .repeats(20)
                    .events(random, LONG * events()),
                random));
  }

  private static RandomEvents disordered(CompiledPipeline pipeline) {
    return RandomEvents.of(pipeline).disorder(RandomPipeline.OUT_OF_ORDER);
  }

  /** Makes the runs of one case. */
  private interface Runs {
    List<List<Event>> of(CompiledPipeline pipeline, Random random);
  }

  private static List<List<Event>> cut(List<Event> events, Random random) {
    List<List<Event>> runs = new ArrayList<>();
    int from = 0;
    while (from < events.size()) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(events.size()));
      runs.add(events.subList(from, to));
      from = to;
    }
    return runs;
  }

  private void check(String what, Duration dedupe, Runs runs) {
    check(what, random -> RandomPipeline.of(random, dedupe), runs);
  }

  private void check(String what, Function<Random, PipelineDefinition> definitions, Runs runs) {
    Seeds.run(
        what,
        cases(),
        random -> {
          PipelineDefinition exact = definitions.apply(random);
          PipelineDefinition definition =
              random.nextInt(3) > 0
                  ? exact
                  : RandomPipeline.withMaxEvents(
                      exact, 6 + random.nextInt(20) * random.nextInt(20));
          CompiledPipeline pipeline =
              RandomPipeline.compile(
                  random.nextBoolean()
                      ? definition
                      : RandomPipeline.withPatterns(definition, random));
          List<List<Event>> given = runs.of(pipeline, random);
          assertEquals(lines(replayed(pipeline, given)), lines(decide(pipeline, given)));
        });
  }

  private Map<String, String> replayed(CompiledPipeline pipeline, List<List<Event>> runs) {
    Replay replay = new Replay(pipeline, 1);
    Map<String, String> decisions = new LinkedHashMap<>();
    for (List<Event> run : runs) {
      for (Event event : run) {
        Decision decision = replay.process(event).decision();
        if (decision != null) {
          decisions.putIfAbsent(event.id(), shown(decision));
        }
        silences(replay)
            .forEach(silence -> decisions.putIfAbsent(silence.event().id(), shown(silence)));
      }
    }
    return decisions;
  }

  /** The decisions about the silences that a replay has found since this was last asked. */
  static List<Decision> silences(Replay replay) {
    return replay.takeSilences().stream()
        .map(silence -> Objects.requireNonNull(silence.decision()))
        .toList();
  }

  /** One line an event, so that a difference can be seen where it is. */
  private static String lines(Map<String, String> decisions) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(decisions)
        .forEach((id, decision) -> lines.append(id).append(' ').append(decision).append('\n'));
    return lines.toString();
  }
}
