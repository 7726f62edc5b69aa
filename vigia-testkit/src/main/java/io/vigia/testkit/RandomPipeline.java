package io.vigia.testkit;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleMatch;
import io.vigia.core.decision.RuleMode;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.pattern.Candidate;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.ListDefinition;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes pipelines by seed: features of every kind over windows of milliseconds, and rules that read
 * them.
 *
 * <p><b>Shape.</b> Stream {@code a} has the key {@code card} and the field {@code shop}; stream
 * {@code b} has the key {@code shop} and, in half of the pipelines, the field {@code card}: then
 * the two want their stages in opposite orders. Both entities are fed and read by both streams
 * where their fields allow it. A decision shows the values of many features, so that a wrong window
 * shows in it.
 *
 * <p>Features read earlier ones, of their own entity and, where that leaves an order of the
 * entities, of others. Two of three pipelines have a table of a stream's rows, whose columns rules
 * show.
 *
 * <p><b>Units and bounds.</b> Windows of 1 to 400 ms, one to eight features, two to ten rules.
 */
public final class RandomPipeline {
  /** How late events may come in each stream; later ones are marked. */
  public static final Duration OUT_OF_ORDER = Duration.ofMillis(50);

  /** Longer than any stream that {@link RandomEvents} makes for a test. */
  public static final Duration LONG_DEDUPE = Duration.ofDays(1);

  /** So short that a key is forgotten as soon as its windows are empty; repeats are new events. */
  public static final Duration SHORT_DEDUPE = Duration.ofMillis(1);

  private static final Place NOWHERE = Place.of("random.yaml");
  private final Random random;
  private final long scale;
  private final RandomFeatures features;
  private final List<TableDefinition> tables = new ArrayList<>();

  private RandomPipeline(Random random, long scale) {
    this.random = random;
    this.scale = scale;
    this.features = new RandomFeatures(random, scale);
  }

  /** A pipeline whose streams recognise a repeated id for {@code dedupe}. */
  public static PipelineDefinition of(Random random, Duration dedupe) {
    return slowed(random, dedupe, 1);
  }

  /** The same with every time but {@code dedupe} so many times as long. */
  public static PipelineDefinition slowed(Random random, Duration dedupe, long times) {
    return new RandomPipeline(random, times).pipeline(dedupe.toMillis());
  }

  /**
   * The same with a pattern of steps by {@code shop}, one that the silence of a {@code card}
   * completes, and rules that read them.
   */
  public static PipelineDefinition withPatterns(PipelineDefinition base, Random random) {
    List<RuleDefinition> rules = new ArrayList<>(base.rules());
    RandomPipeline more = new RandomPipeline(random, 1);
    rules.add(more.rule("stepped", "a", "matched.steps", "block", null));
    rules.add(
        more.rule("silent", "silence", "event.last_at <= now", "review", "since {{event.since}}"));
    return new PipelineDefinition(
        base.name(),
        base.streams(),
        base.features(),
        List.of(more.steps(), more.silence()),
        base.lists(),
        base.tables(),
        rules,
        base.match(),
        base.outcomes(),
        base.alerts(),
        base.tests());
  }

  /** The same, of whose streams a key keeps so many events, at least 6, before it is coarsened. */
  public static PipelineDefinition withMaxEvents(PipelineDefinition base, long maxEvents) {
    return new PipelineDefinition(
        base.name(),
        base.streams().stream().map(stream -> withMaxEvents(stream, maxEvents)).toList(),
        base.features(),
        base.patterns(),
        base.lists(),
        base.tables(),
        base.rules(),
        base.match(),
        base.outcomes(),
        base.alerts(),
        base.tests());
  }

  private static StreamDefinition withMaxEvents(StreamDefinition stream, long maxEvents) {
    return new StreamDefinition(
        stream.name(),
        stream.id(),
        stream.time(),
        stream.key(),
        stream.topic(),
        stream.dedupeMs(),
        stream.outOfOrderMs(),
        stream.maxAgeMs(),
        stream.maxAheadMs(),
        maxEvents,
        stream.fields(),
        stream.decide());
  }

  /** The pipeline compiled; a problem in it is a failure. */
  public static CompiledPipeline compile(PipelineDefinition definition) {
    Problems problems = new Problems();
    return PipelineCompiler.compile(definition, problems)
        .orElseThrow(() -> new AssertionError(problems.sorted()));
  }

  static Text text(String value) {
    return new Text(value, NOWHERE);
  }

  private PipelineDefinition pipeline(long dedupeMs) {
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      features.add("f" + i);
    }
    if (random.nextInt(3) > 0) {
      tables.add(table());
    }
    return new PipelineDefinition(
        text("random"),
        List.of(stream("a", "card", dedupeMs), stream("b", "shop", dedupeMs)),
        features.all(),
        List.of(),
        List.of(
            new ListDefinition(text("good"), FieldType.STRING, List.of(text("s0"), text("s1")))),
        tables,
        rules(),
        random.nextInt(4) == 0 ? RuleMatch.FIRST : RuleMatch.ALL,
        PipelineDefinition.DEFAULT_OUTCOMES.stream().map(RandomPipeline::text).toList(),
        List.of(),
        List.of());
  }

  private StreamDefinition stream(String name, String key, long dedupeMs) {
    boolean a = name.equals("a");
    List<FieldDefinition> fields = new ArrayList<>();
    fields.add(field("id", FieldType.STRING, false));
    fields.add(field("t", FieldType.TIMESTAMP, false));
    if (a || features.cardEverywhere()) {
      fields.add(field("card", FieldType.STRING, !a));
    }
    fields.add(field("shop", FieldType.STRING, a));
    fields.add(field("i", FieldType.INT, false));
    fields.add(field("d", FieldType.DOUBLE, true));
    fields.add(field("m", FieldType.DECIMAL, true));
    fields.add(field("s", FieldType.STRING, true));
    fields.add(field("u", FieldType.TIMESTAMP, true));
    fields.add(field("b", FieldType.BOOL, true));
    return new StreamDefinition(
        text(name),
        new IdDefinition(IdDefinition.Kind.FIELDS, List.of(text("id"))),
        text("t"),
        List.of(text(key)),
        null,
        dedupeMs,
        OUT_OF_ORDER.toMillis() * scale,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        fields,
        DecideDefinition.DEFAULT);
  }

  private static FieldDefinition field(String name, FieldType type, boolean optional) {
    return new FieldDefinition(text(name), type, optional, name, null);
  }

  /** Rows of a shop or a card, or those of a shop for the card of the same name. */
  private TableDefinition table() {
    boolean renamed = !features.cardEverywhere() && random.nextBoolean();
    String on = renamed ? "b" : features.pick("a", "b");
    String key =
        renamed || !features.cardEverywhere() || on.equals("b")
            ? "shop"
            : features.pick("card", "shop");
    return new TableDefinition(
        text("rows"),
        text(on),
        List.of(text(key)),
        renamed ? List.of(text("card")) : List.of(),
        random.nextBoolean()
            ? List.of()
            : List.of(text("i"), text("d"), text("m"), text("s"), text("u"), text("b")),
        random.nextBoolean() ? text(features.pick("event.b", "event.s in lists.good")) : null,
        random.nextBoolean() ? 0 : features.span());
  }

  private void addTableRules(List<RuleDefinition> rules) {
    String all =
        "{{tables.rows.i}} {{tables.rows.d}} {{tables.rows.m}} {{tables.rows.s}} {{tables.rows.u}}"
            + " {{tables.rows.b}}";
    for (TableDefinition table : tables) {
      String on = features.pick("a", "b");
      rules.add(rule("row", on, "has(" + table.path() + ")", "review", all));
      rules.add(rule("no_row", on, "!has(tables.rows) && event.i > 1", "challenge", null));
      rules.add(rule("column", on, "tables.rows.i > event.i && tables.rows.b", "block", null));
    }
  }

  private List<RuleDefinition> rules() {
    List<RuleDefinition> rules = new ArrayList<>();
    rules.add(rule("large", "a", "event.i > 3", "block", null));
    for (FeatureDefinition feature : features.all()) {
      if (random.nextInt(4) > 0) {
        rules.add(reading(feature, "r" + rules.size()));
      }
    }
    addTableRules(rules);
    rules.add(
        rule("both", "b", "event.i > 2 || event.m > 5", "challenge", "{{event.m}} in {{event.s}}"));
    return rules;
  }

  /** A rule that shows a feature's value whenever it has one. */
  private RuleDefinition reading(FeatureDefinition feature, String id) {
    String name = feature.name().value();
    String on =
        features.visits(feature, "a") && (random.nextBoolean() || !features.visits(feature, "b"))
            ? "a"
            : "b";
    String first = feature.arguments().isEmpty() ? "" : "." + feature.arguments().get(0).value();
    String value =
        switch (feature.aggregation()) {
          case TOP -> name + ".value";
          case USUAL -> name + ".score";
          case COUNT,
              SUM,
              MEAN,
              MIN,
              MAX,
              COUNT_DISTINCT,
              FIRST,
              LAST,
              PREVIOUS,
              VARIANCE,
              STDDEV,
              RATE,
              RATIO,
              PERCENTILE,
              EWMA ->
              feature.several() ? name + first : name;
        };
    String reason =
        feature.several() ? "{{" + name + ".s}}/{{" + name + ".m}}" : "{{" + value + "}}";
    String condition =
        random.nextInt(3) == 0 ? value + " == " + value : features.condition(feature, value);
    return rule(id, on, condition, features.pick("challenge", "review", "block"), reason);
  }

  private PatternDefinition steps() {
    List<StepDefinition> steps = new ArrayList<>();
    steps.add(step("begin", "a", "event.i > 0", 1 + random.nextInt(2), false));
    if (random.nextBoolean()) {
      steps.add(step("but", "b", "event.i < -2", 1, true));
    }
    steps.add(step("end", "a", "event.i >= begin.last.i", 1, false));
    return pattern("steps", "shop", 40L << random.nextInt(3), steps);
  }

  private PatternDefinition silence() {
    return pattern(
        "silence",
        "card",
        20L << random.nextInt(4),
        List.of(
            step("seen", "a", "event.i > 0", 1, false),
            step("absent", "a", "event.i > 0", 1, true)));
  }

  private PatternDefinition pattern(
      String name, String entity, long withinMs, List<StepDefinition> steps) {
    return new PatternDefinition(
        text(name),
        List.of(text(entity)),
        withinMs,
        steps,
        random.nextInt(4) == 0,
        random.nextBoolean(),
        null);
  }

  private static StepDefinition step(
      String name, String on, String where, int times, boolean negated) {
    return new StepDefinition(
        text(name), List.of(new Candidate(text(on), text(where))), times, times, negated);
  }

  private RuleDefinition rule(
      String id, String on, String when, String outcome, @Nullable String reason) {
    return new RuleDefinition(
        text(id),
        text(on),
        text(when),
        text(outcome),
        random.nextInt(100),
        reason == null ? null : text(reason),
        random.nextInt(3) == 0 ? new RuleMode(random.nextInt(101)) : RuleMode.LIVE,
        null,
        random.nextInt(8) == 0 ? 1_000L * random.nextInt(100) : RuleDefinition.NEVER);
  }
}
