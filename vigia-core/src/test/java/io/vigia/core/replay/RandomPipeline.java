package io.vigia.core.replay;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.ListDefinition;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes pipelines of two streams and features of every kind, by seed.
 *
 * <p>Stream {@code a} has the key {@code card}, stream {@code b} the key {@code shop}; both have
 * the field {@code shop}, so that its entity is fed and read by both.
 */
final class RandomPipeline {
  static final long OUT_OF_ORDER_MS = 50;

  private static final Place NOWHERE = Place.of("random.yaml");
  private static final long[] SPANS = {1, 10, 40, 100, 400};

  private RandomPipeline() {}

  static Text text(String value) {
    return new Text(value, NOWHERE);
  }

  static PipelineDefinition of(Random random, long dedupeMs) {
    List<FeatureDefinition> features = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      features.add(feature(random, "f" + i));
    }
    return pipeline(features, dedupeMs);
  }

  static PipelineDefinition pipeline(List<FeatureDefinition> features, long dedupeMs) {
    return new PipelineDefinition(
        text("random"),
        List.of(stream("a", "card", dedupeMs), stream("b", "shop", dedupeMs)),
        features,
        List.of(new ListDefinition(text("good"), FieldType.STRING, List.of(text("x"), text("y")))),
        List.of(
            new RuleDefinition(
                text("large"), text("a"), text("event.i > 3"), text("block"), 7, null, false)),
        PipelineDefinition.DEFAULT_OUTCOMES.stream().map(RandomPipeline::text).toList(),
        List.of(),
        List.of());
  }

  static CompiledPipeline compile(PipelineDefinition definition) {
    Problems problems = new Problems();
    return PipelineCompiler.compile(definition, problems)
        .orElseThrow(() -> new AssertionError(problems.sorted()));
  }

  private static StreamDefinition stream(String name, String key, long dedupeMs) {
    List<FieldDefinition> fields = new ArrayList<>();
    fields.add(field("id", FieldType.STRING, false));
    fields.add(field("t", FieldType.TIMESTAMP, false));
    if (name.equals("a")) {
      fields.add(field("card", FieldType.STRING, false));
    }
    fields.add(field("shop", FieldType.STRING, name.equals("a")));
    fields.add(field("i", FieldType.INT, false));
    fields.add(field("d", FieldType.DOUBLE, true));
    fields.add(field("m", FieldType.DECIMAL, true));
    fields.add(field("s", FieldType.STRING, true));
    return new StreamDefinition(
        text(name),
        new IdDefinition(IdDefinition.Kind.FIELDS, List.of(text("id"))),
        text("t"),
        List.of(text(key)),
        null,
        dedupeMs,
        OUT_OF_ORDER_MS,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        fields,
        DecideDefinition.DEFAULT);
  }

  private static FieldDefinition field(String name, FieldType type, boolean optional) {
    return new FieldDefinition(text(name), type, optional, name, null);
  }

  private static FeatureDefinition feature(Random random, String name) {
    Aggregation[] all = Aggregation.values();
    Aggregation aggregation = all[random.nextInt(all.length)];
    String on = random.nextBoolean() ? "a" : "b";
    boolean endless = aggregation != Aggregation.COUNT_DISTINCT && random.nextInt(4) == 0;
    long over = endless ? FeatureDefinition.UNBOUNDED : SPANS[random.nextInt(SPANS.length)];
    long delay = random.nextInt(3) == 0 ? SPANS[random.nextInt(3)] : 0;
    boolean exclude = aggregation != Aggregation.PREVIOUS && random.nextInt(3) == 0;
    List<Text> arguments = arguments(random, aggregation);
    return new FeatureDefinition(
        text(name),
        text(on),
        entity(random, on),
        aggregation,
        arguments,
        arguments.size() > 1,
        random.nextInt(3) == 0 ? text(where(random)) : null,
        over,
        delay,
        exclude);
  }

  private static List<Text> entity(Random random, String on) {
    if (on.equals("b")) {
      return List.of(text("shop"));
    }
    return switch (random.nextInt(3)) {
      case 0 -> List.of(text("card"));
      case 1 -> List.of(text("shop"));
      default -> List.of(text("card"), text("shop"));
    };
  }

  private static String where(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "event.i > 0";
      case 1 -> "event.s in lists.good";
      case 2 -> "event.d < 0.5";
      default -> "event.m >= 0";
    };
  }

  private static List<Text> arguments(Random random, Aggregation aggregation) {
    return switch (aggregation) {
      case COUNT -> List.of();
      case SUM, MEAN -> List.of(text(pick(random, "i", "d", "m")));
      case MIN, MAX, COUNT_DISTINCT -> List.of(text(pick(random, "i", "d", "m", "s", "t")));
      case FIRST, LAST, PREVIOUS ->
          random.nextBoolean()
              ? List.of(text(pick(random, "i", "d", "m", "s", "t")))
              : List.of(text("i"), text("s"), text("m"));
    };
  }

  private static String pick(Random random, String... from) {
    return from[random.nextInt(from.length)];
  }
}
