package io.vigia.testkit;

import static io.vigia.testkit.RandomPipeline.text;

import io.vigia.core.event.FieldType;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.CalendarUnit;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.WindowDefinition;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Features made by seed over the streams of {@link RandomPipeline}: of every kind of aggregation
 * and window, also over features before them.
 */
final class RandomFeatures {
  private static final long[] SPANS = {1, 10, 40, 100, 400};
  private static final String[] SCALARS = {"i", "d", "m", "s", "u", "b"};

  private static final String[] ZONES = {
    "UTC", "Europe/Madrid", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"
  };

  private static final List<CalendarUnit> UNITS = List.of(CalendarUnit.values());

  private final Random random;
  private final long scale;
  private final List<FeatureDefinition> features = new ArrayList<>();
  private final boolean cardEverywhere;

  /** Features read those of entities before theirs. */
  private final List<List<String>> entities =
      new ArrayList<>(List.of(List.of("card"), List.of("shop"), List.of("card", "shop")));

  RandomFeatures(Random random, long scale) {
    this.random = random;
    this.scale = scale;
    this.cardEverywhere = random.nextBoolean();
    Collections.shuffle(entities, random);
  }

  /** Whether both streams have the field {@code card}. */
  boolean cardEverywhere() {
    return cardEverywhere;
  }

  List<FeatureDefinition> all() {
    return features;
  }

  /** Makes another one, which may read those before it. */
  void add(String name) {
    features.add(feature(name));
  }

  private FeatureDefinition feature(String name) {
    Aggregation[] all = Aggregation.values();
    Aggregation aggregation = all[random.nextInt(all.length)];
    String on = random.nextBoolean() ? "a" : "b";
    boolean exclude = aggregation != Aggregation.PREVIOUS && random.nextInt(3) == 0;
    List<Text> entity = entity(on);
    List<FeatureDefinition> earlier = readable(on, entity);
    List<Text> arguments = arguments(aggregation, earlier);
    return new FeatureDefinition(
        text(name),
        text(on),
        entity,
        aggregation,
        arguments,
        arguments.size() > 1,
        random.nextInt(3) == 0 ? text(where(earlier)) : null,
        window(aggregation),
        random.nextInt(3) == 0 ? SPANS[random.nextInt(3)] * scale : 0,
        exclude,
        parameter(aggregation),
        aggregation == Aggregation.RATIO ? text(where(earlier)) : null);
  }

  /** The earlier features that one of an entity on a stream can read: those with one value. */
  private List<FeatureDefinition> readable(String on, List<Text> entity) {
    int mine = entities.indexOf(entity.stream().map(Text::value).toList());
    return features.stream()
        .filter(feature -> visits(feature, on))
        .filter(
            feature -> entities.indexOf(feature.by().stream().map(Text::value).toList()) <= mine)
        .filter(feature -> !feature.several())
        .filter(
            feature ->
                feature.aggregation() != Aggregation.TOP
                    && feature.aggregation() != Aggregation.USUAL)
        .toList();
  }

  private WindowDefinition window(Aggregation aggregation) {
    return switch (aggregation) {
      case EWMA -> WindowDefinition.EVER;
      case RATE -> coarse(WindowDefinition.lookBack(span()));
      case USUAL ->
          WindowDefinition.calendar(
              random.nextBoolean() ? CalendarUnit.HOUR : CalendarUnit.DAY, pick(ZONES));
      case COUNT_DISTINCT -> coarse(bounded());
      case PERCENTILE, TOP -> bounded();
      case COUNT, SUM, MEAN, MIN, MAX, FIRST, LAST, PREVIOUS, VARIANCE, STDDEV, RATIO ->
          random.nextInt(4) == 0 ? WindowDefinition.EVER : coarse(bounded());
    };
  }

  /** Some windows of a time have a resolution, which need not divide them. */
  private WindowDefinition coarse(WindowDefinition window) {
    return window.kind() == WindowDefinition.Kind.LOOK_BACK && random.nextInt(3) == 0
        ? window.withResolution(1 + window.size() * (1 + random.nextInt(100)) / 101)
        : window;
  }

  private WindowDefinition bounded() {
    return switch (random.nextInt(6)) {
      case 0 -> WindowDefinition.lastEvents(1 + random.nextInt(6));
      case 1 -> WindowDefinition.calendar(UNITS.get(random.nextInt(UNITS.size())), pick(ZONES));
      case 2 -> WindowDefinition.session(span());
      default -> WindowDefinition.lookBack(span());
    };
  }

  /** A length of time, in milliseconds. */
  long span() {
    return SPANS[random.nextInt(SPANS.length)] * scale;
  }

  private long parameter(Aggregation aggregation) {
    return switch (aggregation) {
      case RATE -> 1_000;
      case PERCENTILE -> 1 + random.nextInt(100_000);
      case TOP -> 1 + random.nextInt(3);
      case EWMA -> span();
      case USUAL -> 7 + random.nextInt(30);
      case COUNT, SUM, MEAN, MIN, MAX, COUNT_DISTINCT -> 0;
      case FIRST, LAST, PREVIOUS, VARIANCE, STDDEV, RATIO -> 0;
    };
  }

  private List<Text> entity(String on) {
    if (on.equals("b") && !cardEverywhere) {
      return List.of(text("shop"));
    }
    return switch (random.nextInt(3)) {
      case 0 -> List.of(text("card"));
      case 1 -> List.of(text("shop"));
      default -> List.of(text("card"), text("shop"));
    };
  }

  private String where(List<FeatureDefinition> earlier) {
    List<FeatureDefinition> numbers =
        earlier.stream().filter(feature -> typeOf(feature).isSummable()).toList();
    if (!numbers.isEmpty() && random.nextBoolean()) {
      FeatureDefinition read = numbers.get(random.nextInt(numbers.size()));
      return condition(read, read.name().value());
    }
    return pick("event.i > 0", "event.s in lists.good", "event.d < 0.5", "event.m >= 0");
  }

  private List<Text> arguments(Aggregation aggregation, List<FeatureDefinition> earlier) {
    List<Text> fields = arguments(aggregation);
    if (fields.isEmpty() || earlier.isEmpty() || random.nextInt(3) > 0) {
      return fields;
    }
    FeatureDefinition read = earlier.get(random.nextInt(earlier.size()));
    FieldType type = typeOf(read);
    boolean fits =
        switch (aggregation) {
          case SUM, MEAN, VARIANCE, STDDEV, EWMA, USUAL -> type.isSummable();
          case MIN, MAX, PERCENTILE -> type.isOrdered();
          case COUNT_DISTINCT, TOP, FIRST, LAST, PREVIOUS -> true;
          case COUNT, RATE, RATIO -> false;
        };
    if (fits) {
      List<Text> changed = new ArrayList<>(fields);
      changed.set(0, text(read.name().value()));
      return changed;
    }
    return fields;
  }

  private List<Text> arguments(Aggregation aggregation) {
    return switch (aggregation) {
      case COUNT, RATE, RATIO -> List.of();
      case SUM, MEAN, VARIANCE, STDDEV, EWMA -> List.of(text(pick("i", "d", "m")));
      case USUAL -> random.nextBoolean() ? List.of() : List.of(text(pick("i", "d", "m")));
      case MIN, MAX, PERCENTILE -> List.of(text(pick("i", "d", "m", "s", "u")));
      case COUNT_DISTINCT, TOP -> List.of(text(pick(SCALARS)));
      case FIRST, LAST, PREVIOUS ->
          random.nextBoolean()
              ? List.of(text(pick(SCALARS)))
              : List.of(text("i"), text("s"), text("m"));
    };
  }

  /** Whether events of a stream have a value of a feature. */
  boolean visits(FeatureDefinition feature, String stream) {
    boolean card = feature.by().stream().anyMatch(field -> field.value().equals("card"));
    return !card || cardEverywhere || stream.equals("a");
  }

  /** A condition over a value of a feature, true for some events. */
  String condition(FeatureDefinition feature, String value) {
    return switch (typeOf(feature)) {
      case INT -> value + " > " + random.nextInt(4);
      case DOUBLE, DECIMAL -> value + " > " + random.nextInt(3) + ".5";
      case STRING -> value + " in lists.good";
      case BOOL -> value;
      case TIMESTAMP -> "now - " + value + " < duration(\"100ms\")";
    };
  }

  private FieldType typeOf(FeatureDefinition feature) {
    return switch (feature.aggregation()) {
      case COUNT, COUNT_DISTINCT -> FieldType.INT;
      case VARIANCE, STDDEV, RATE, RATIO, EWMA, USUAL -> FieldType.DOUBLE;
      case MEAN -> argument(feature) == FieldType.INT ? FieldType.DOUBLE : argument(feature);
      case SUM, MIN, MAX, FIRST, LAST, PREVIOUS, PERCENTILE, TOP -> argument(feature);
    };
  }

  private FieldType argument(FeatureDefinition feature) {
    String name = feature.arguments().get(0).value();
    for (FeatureDefinition other : features) {
      if (other.name().value().equals(name)) {
        return typeOf(other);
      }
    }
    return switch (name) {
      case "i" -> FieldType.INT;
      case "d" -> FieldType.DOUBLE;
      case "m" -> FieldType.DECIMAL;
      case "u" -> FieldType.TIMESTAMP;
      case "b" -> FieldType.BOOL;
      default -> FieldType.STRING;
    };
  }

  /** One of some texts. */
  String pick(String... from) {
    return from[random.nextInt(from.length)];
  }
}
