package io.vigia.testkit;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleMatch;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.CalendarUnit;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.WindowDefinition;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random pipelines whose table is read: by features, in what they aggregate and in their
 * conditions, and by rules.
 *
 * <p><b>Shape.</b> One of {@link RandomPipeline} that has a table, {@code rows}, with one to four
 * features more that read it, at events of either stream and of any entity that comes behind the
 * table's, and features of these; and the rules {@code reads_a} and {@code reads_b}, one on each
 * stream, that are always live.
 */
final class RandomTables {
  /** How the rules begin whose answers can be told from the row alone. */
  static final String READS = "reads_";

  private static final int TRIES_MAX = 200;
  private static final long[] SPANS = {10, 40, 100, 400};

  private final Random random;
  private final PipelineDefinition base;

  private RandomTables(Random random, PipelineDefinition base) {
    this.random = random;
    this.base = base;
  }

  /** A pipeline whose streams recognise a repeated id for {@code dedupe}. */
  static PipelineDefinition of(Random random, Duration dedupe) {
    for (int i = 0; i < TRIES_MAX; i++) {
      PipelineDefinition base = RandomPipeline.of(random, dedupe);
      if (!base.tables().isEmpty()) {
        PipelineDefinition drawn = new RandomTables(random, base).pipeline();
        if (drawn.features().size() > base.features().size()) {
          return drawn;
        }
      }
    }
    throw new IllegalStateException("no pipeline with a table in " + TRIES_MAX);
  }

  private PipelineDefinition pipeline() {
    List<FeatureDefinition> features = new ArrayList<>(base.features());
    int wanted = 1 + random.nextInt(4);
    for (int i = 0; i < wanted; i++) {
      features.add(feature("of_table_" + i));
      // One that reads against the order of the entities is none.
      if (!compiles(with(features, base.rules()))) {
        features.remove(features.size() - 1);
      }
    }
    List<RuleDefinition> rules = new ArrayList<>(base.rules());
    for (String stream : List.of("a", "b")) {
      rules.add(
          new RuleDefinition(
              text(READS + stream),
              text(stream),
              text(condition()),
              text("review"),
              1,
              null,
              false));
      if (!compiles(with(features, rules))) {
        rules.remove(rules.size() - 1);
      }
    }
    return with(features, rules);
  }

  private static boolean compiles(PipelineDefinition pipeline) {
    return PipelineCompiler.compile(pipeline, new Problems()).isPresent();
  }

  private PipelineDefinition with(List<FeatureDefinition> features, List<RuleDefinition> rules) {
    return new PipelineDefinition(
        base.name(),
        base.streams(),
        features,
        base.patterns(),
        base.lists(),
        base.tables(),
        rules,
        RuleMatch.ALL,
        base.outcomes(),
        base.alerts(),
        base.tests());
  }

  private FeatureDefinition feature(String name) {
    Aggregation aggregation =
        pick(
            Aggregation.COUNT,
            Aggregation.RATIO,
            Aggregation.SUM,
            Aggregation.MEAN,
            Aggregation.STDDEV,
            Aggregation.MIN,
            Aggregation.MAX,
            Aggregation.COUNT_DISTINCT,
            Aggregation.FIRST,
            Aggregation.LAST,
            Aggregation.PREVIOUS);
    boolean counts = aggregation == Aggregation.COUNT;
    return new FeatureDefinition(
        text(name),
        text(pick("a", "b")),
        pick(List.of("card"), List.of("shop"), List.of("card", "shop")).stream()
            .map(RandomTables::text)
            .toList(),
        aggregation,
        arguments(aggregation),
        false,
        counts || random.nextInt(3) == 0 ? text(condition()) : null,
        window(),
        random.nextInt(4) == 0 ? SPANS[random.nextInt(2)] : 0,
        aggregation != Aggregation.PREVIOUS && random.nextInt(4) == 0,
        0,
        aggregation == Aggregation.RATIO ? text(condition()) : null);
  }

  private List<Text> arguments(Aggregation aggregation) {
    String[] fitting =
        switch (aggregation) {
          case COUNT, RATIO -> new String[0];
          case SUM, MEAN, STDDEV -> new String[] {"i", "d", "m"};
          case MIN, MAX -> new String[] {"i", "d", "m", "s", "u"};
          default -> new String[] {"i", "d", "m", "s", "u", "b"};
        };
    return fitting.length == 0 ? List.of() : List.of(text("tables.rows." + pick(fitting)));
  }

  private WindowDefinition window() {
    return switch (random.nextInt(6)) {
      case 0 -> WindowDefinition.EVER;
      case 1 -> WindowDefinition.lastEvents(1 + random.nextInt(6));
      case 2 -> WindowDefinition.session(span());
      case 3 -> WindowDefinition.calendar(CalendarUnit.HOUR, "UTC");
      default -> WindowDefinition.lookBack(span());
    };
  }

  private long span() {
    return SPANS[random.nextInt(SPANS.length)];
  }

  /** Those that {@link NaiveFeatures} can answer. */
  private String condition() {
    return pick(
        "tables.rows.i > " + (random.nextInt(5) - 2),
        "tables.rows.m > 0.5",
        "tables.rows.d > 0.5",
        "tables.rows.b",
        "has(tables.rows)",
        "!has(tables.rows)");
  }

  private static Text text(String value) {
    return new Text(value, Place.of("random.yaml"));
  }

  @SafeVarargs
  private <T> T pick(T... from) {
    return from[random.nextInt(from.length)];
  }
}
