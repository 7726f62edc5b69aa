package io.vigia.core.pipeline;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleMatch;
import io.vigia.core.event.Event;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.CalendarUnit;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.feature.WindowDefinition;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pipeline.TestDefinition.Value;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline in a few words, for tests: core has no YAML.
 *
 * <p><b>Shape.</b> {@code stream("a", "card", "id string, t timestamp, card string, m decimal?")}:
 * the key, then fields; a field {@code id} is the id, a field {@code t} the time. {@code
 * feature("sum_1h", "a by card: sum m over 3600000")}, behind that {@code resolution 60000}, {@code
 * sketch 512} (instead of {@code over}: {@code events 10}, {@code session 60000}, {@code hour}),
 * {@code delay 5}, {@code exclude} and, at the end, {@code where …}.
 */
public final class PipelineDraft {
  public static final Place NOWHERE = Place.of("draft.yaml");

  private final List<StreamDefinition> streams = new ArrayList<>();
  private final List<FeatureDefinition> features = new ArrayList<>();
  private final List<PatternDefinition> patterns = new ArrayList<>();
  private final List<ListDefinition> lists = new ArrayList<>();
  private final List<TableDefinition> tables = new ArrayList<>();
  private final List<RuleDefinition> rules = new ArrayList<>();
  private final List<AlertDefinition> alerts = new ArrayList<>();
  private final List<TestDefinition> tests = new ArrayList<>();
  private List<String> outcomes = PipelineDefinition.DEFAULT_OUTCOMES;
  private RuleMatch match = RuleMatch.ALL;
  private long dedupeMs = 1_000;
  private long outOfOrderMs = 50;
  private long maxEvents = StreamDefinition.DEFAULT_MAX_EVENTS;

  public static Text text(String value) {
    return new Text(value, NOWHERE);
  }

  private static List<Text> texts(String values, String separator) {
    return Arrays.stream(values.split(separator, -1)).map(PipelineDraft::text).toList();
  }

  /** For the streams that follow. */
  public PipelineDraft dedupe(long ms) {
    dedupeMs = ms;
    return this;
  }

  /** For the streams that follow. */
  public PipelineDraft outOfOrder(long ms) {
    outOfOrderMs = ms;
    return this;
  }

  /** For the streams that follow. */
  public PipelineDraft maxEvents(long count) {
    maxEvents = count;
    return this;
  }

  public PipelineDraft outcomes(String... names) {
    outcomes = List.of(names);
    return this;
  }

  public PipelineDraft stream(String name, String key, String fields) {
    List<FieldDefinition> declared = new ArrayList<>();
    for (String field : fields.split(", ", -1)) {
      String[] words = field.split(" ", -1);
      boolean optional = words[1].endsWith("?");
      FieldType type = FieldType.valueOf(words[1].replace("?", "").toUpperCase(Locale.ROOT));
      declared.add(new FieldDefinition(text(words[0]), type, optional, words[0], null));
    }
    boolean id = declared.stream().anyMatch(field -> field.name().value().equals("id"));
    boolean time = declared.stream().anyMatch(field -> field.name().value().equals("t"));
    streams.add(
        new StreamDefinition(
            text(name),
            id
                ? new IdDefinition(IdDefinition.Kind.FIELDS, List.of(text("id")))
                : new IdDefinition(IdDefinition.Kind.LINE, List.of()),
            time ? text("t") : null,
            texts(key, "\\+"),
            null,
            dedupeMs,
            outOfOrderMs,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            maxEvents,
            declared,
            new DecideDefinition(250, text(outcomes.get(outcomes.size() - 1)))));
    return this;
  }

  public PipelineDraft feature(String name, String definition) {
    int where = definition.indexOf(" where ");
    String[] words =
        (where < 0 ? definition : definition.substring(0, where)).replace(":", "").split(" ", -1);
    List<String> rest = new ArrayList<>(List.of(words).subList(4, words.length));
    Aggregation aggregation = Aggregation.valueOf(words[3].toUpperCase(Locale.ROOT));
    String arguments = aggregation == Aggregation.COUNT ? "" : rest.remove(0);
    features.add(
        new FeatureDefinition(
            text(name),
            text(words[0]),
            texts(words[2], "\\+"),
            aggregation,
            arguments.isEmpty() ? List.of() : texts(arguments, "\\+"),
            arguments.contains("+"),
            where < 0 ? null : text(definition.substring(where + " where ".length())),
            window(rest),
            number(rest, "delay", 0),
            rest.contains("exclude"),
            number(rest, "sketch", 0),
            null));
    return this;
  }

  private static WindowDefinition window(List<String> words) {
    long over = number(words, "over", FeatureDefinition.UNBOUNDED);
    if (words.contains("events")) {
      return WindowDefinition.lastEvents(number(words, "events", 0));
    }
    if (words.contains("session")) {
      return WindowDefinition.session(number(words, "session", 0));
    }
    if (words.contains("hour")) {
      return WindowDefinition.calendar(CalendarUnit.HOUR, "UTC");
    }
    return over == FeatureDefinition.UNBOUNDED
        ? WindowDefinition.EVER
        : WindowDefinition.lookBack(over).withResolution(number(words, "resolution", 0));
  }

  private static long number(List<String> words, String name, long otherwise) {
    int at = words.indexOf(name);
    return at < 0 ? otherwise : Long.parseLong(words.get(at + 1));
  }

  public PipelineDraft pattern(PatternDefinition pattern) {
    patterns.add(pattern);
    return this;
  }

  /** A table of all fields; {@code by} and {@code deleteWhen} may be null, {@code expiresMs} 0. */
  public PipelineDraft table(
      String name,
      String on,
      String key,
      @Nullable String by,
      @Nullable String deleteWhen,
      long expiresMs) {
    tables.add(
        new TableDefinition(
            text(name),
            text(on),
            texts(key, "\\+"),
            by == null ? List.of() : texts(by, "\\+"),
            List.of(),
            deleteWhen == null ? null : text(deleteWhen),
            expiresMs));
    return this;
  }

  public PipelineDraft list(String name, FieldType of, String... values) {
    lists.add(
        new ListDefinition(
            text(name), of, Arrays.stream(values).map(PipelineDraft::text).toList()));
    return this;
  }

  public PipelineDraft rule(String id, String on, String when, String outcome, int score) {
    return rule(id, on, when, outcome, score, null, false);
  }

  public PipelineDraft rule(
      String id,
      String on,
      String when,
      String outcome,
      int score,
      @Nullable String reason,
      boolean shadow) {
    rules.add(
        new RuleDefinition(
            text(id),
            text(on),
            text(when),
            text(outcome),
            score,
            reason == null ? null : text(reason),
            shadow));
    return this;
  }

  public PipelineDraft rule(RuleDefinition rule) {
    rules.add(rule);
    return this;
  }

  /** An alert of the outcome {@code block}, for each card. */
  public PipelineDraft alert(String name, String resolveWhen) {
    alerts.add(
        new AlertDefinition(
            text(name), List.of(text("block")), List.of(text("card")), 0, text(resolveWhen), 0, 0));
    return this;
  }

  public PipelineDraft match(RuleMatch which) {
    match = which;
    return this;
  }

  public PipelineDraft test(TestDefinition test) {
    tests.add(test);
    return this;
  }

  public PipelineDefinition definition() {
    return new PipelineDefinition(
        text("draft"),
        streams,
        features,
        patterns,
        lists,
        tables,
        rules,
        match,
        outcomes.stream().map(PipelineDraft::text).toList(),
        alerts,
        tests);
  }

  public CompiledPipeline compile() {
    Problems problems = new Problems();
    return PipelineCompiler.compile(definition(), problems)
        .orElseThrow(() -> new AssertionError(problems.sorted()));
  }

  /**
   * Values of a test by name: {@code id=e1, m=2.50, s=}; nothing behind the sign for a missing one.
   */
  public static Value value(String name, @Nullable String text) {
    return new Value(text(name), text == null ? null : text(text));
  }

  /**
   * An event of a stream with a field {@code t}: {@code event(pipeline, "a", "id=e1 t=5 m=2.50")}.
   */
  public static Event event(CompiledPipeline pipeline, String stream, String values) {
    StreamSchema schema = Objects.requireNonNull(pipeline.stream(stream));
    Slots slots = new Slots(schema.size());
    for (String assignment : values.split(" ", -1)) {
      String[] sides = assignment.split("=", 2);
      int field = schema.position(sides[0]);
      if (schema.type(field) == FieldType.TIMESTAMP) {
        slots.setNumber(field, Long.parseLong(sides[1]));
      } else {
        TextValue.set(
            slots,
            field,
            Objects.requireNonNull(TextValue.parse(schema.type(field), sides[1]), assignment));
      }
    }
    long time = slots.number(schema.timeField());
    return new Event(
        schema,
        Objects.requireNonNull(schema.idOf(slots, "line:1")),
        Objects.requireNonNull(schema.keyOf(slots)),
        time,
        slots,
        time,
        0,
        0);
  }
}
