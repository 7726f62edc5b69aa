package io.vigia.core.expr;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.vigia.core.Cases;
import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.Lists;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.problem.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compiled expressions against CEL's own interpreter: random ones, over random rows. */
final class ExpressionOracleTest {
  private static final int CASES = 10_000;
  private static final int ROWS = 12;

  private static final CompiledPipeline PIPELINE =
      new PipelineDraft()
          .stream(
                  "a",
                  "s",
                  "id string, t timestamp, s string, i int, d double, m decimal, b bool, os string?,"
                      + " oi int?, od double?, om decimal?, ob bool?, ot timestamp?")
              .compile();
  private static final List<ListChange.Kind> KINDS = List.of(ListChange.Kind.values());
  private static final ExpressionCompiler COMPILER =
      new ExpressionCompiler(
          PIPELINE.streams().get(0),
          List.of(
              Variable.plain("count", FieldType.INT, 0),
              Variable.plain("mean", FieldType.DECIMAL, 1),
              new Variable(
                  "prev",
                  true,
                  2,
                  List.of(
                      new Variable.Part("m", FieldType.DECIMAL),
                      new Variable.Part("s", FieldType.STRING)))),
          List.of(
              new ValueList("words", 0, FieldType.STRING, List.of("x", "abc", "")),
              new ValueList("sizes", 1, FieldType.INT, List.of(1L, 2L, -3L, Long.MAX_VALUE)),
              new ValueList(
                  "prices", 2, FieldType.DECIMAL, List.of(new BigDecimal("2.5"), BigDecimal.TEN))),
          Map.of());

  @Test
  void test_randomConditions_answerAsTheInterpreterDoes() {
    AtomicInteger compiled = new AtomicInteger();
    Cases.run(
        CASES,
        random -> {
          String text = new RandomExpression(random).bool(1 + random.nextInt(4));
          Problems problems = new Problems();
          CompiledCondition condition =
              COMPILER.condition(PipelineDraft.text(text), problems).orElse(null);
          if (condition == null) {
            return; // a literal that fails, a division by 0: told when the file is read
          }
          if (condition.expression().isCompiled(true)) {
            compiled.incrementAndGet();
          }
          for (int i = 0; i < ROWS; i++) {
            Row row = row(random);
            if (differs(condition, row)) {
              String shrunk = ShrunkExpression.of(text, shorter -> differs(shorter, row));
              fail(shrunk + "\n  shrunk from " + text + "\n  " + told(shrunk, row));
            }
          }
        });
    if (Integer.getInteger("vigia.seed") == null) {
      assertTrue(compiled.get() > CASES * 8 / 10, "compiled: got " + compiled);
    }
  }

  private static boolean differs(String text, Row row) {
    return COMPILER
        .condition(PipelineDraft.text(text), new Problems())
        .filter(condition -> differs(condition, row))
        .isPresent();
  }

  private static boolean differs(CompiledCondition condition, Row row) {
    Answer expected = condition.expression().interpret(row);
    Answer found = condition.test(row);
    // Of something missing beside something that fails the interpreter tells less.
    return expected.truth() != found.truth()
        || (expected.because().endsWith("is missing")
            && !names(found).containsAll(names(expected)));
  }

  private static String told(String text, Row row) {
    CompiledCondition condition =
        COMPILER.condition(PipelineDraft.text(text), new Problems()).orElseThrow();
    return "interpreted %s, compiled %s, at %s and %s"
        .formatted(
            condition.expression().interpret(row),
            condition.test(row),
            valuesOf(row.event().values(), row.event().stream()),
            featuresOf(row.features()));
  }

  private static String valuesOf(Slots values, StreamSchema stream) {
    return IntStream.range(0, stream.size())
        .mapToObj(i -> stream.field(i).name() + "=" + values.boxed(i, stream.type(i)))
        .collect(joining(" "));
  }

  private static String featuresOf(Slots features) {
    return "count=%s mean=%s prev.m=%s prev.s=%s"
        .formatted(
            features.boxed(0, FieldType.INT),
            features.boxed(1, FieldType.DECIMAL),
            features.boxed(2, FieldType.DECIMAL),
            features.boxed(3, FieldType.STRING));
  }

  /** The test of the tests: what is shrunk still fails, and nothing can be left out. */
  @Test
  void shrunk_failingExpression_keepsWhatFails() {
    assertEquals(
        "event.i+1",
        ShrunkExpression.of(
            "(event.b && event.s == \"a + b\" || (event.i + 1) > 3)",
            text -> text.replace(" ", "").contains("event.i+1")));
  }

  @Test
  void of_randomValues_areAsTheInterpreterComputesThem() {
    Cases.run(
        CASES / 4,
        random -> {
          RandomExpression expressions = new RandomExpression(random);
          int depth = 1 + random.nextInt(3);
          String text =
              switch (random.nextInt(6)) {
                case 0 -> expressions.integer(depth);
                case 1 -> expressions.real(depth);
                case 2 -> expressions.decimal(depth);
                case 3 -> expressions.text(depth);
                case 4 -> expressions.time(depth);
                default -> expressions.duration(depth);
              };
          CompiledValue value =
              COMPILER.value(PipelineDraft.text(text), new Problems()).orElse(null);
          for (int i = 0; value != null && i < ROWS; i++) {
            Row row = row(random);
            if (differs(value, row)) {
              String shrunk = ShrunkExpression.of(text, shorter -> differsInValue(shorter, row));
              CompiledValue least =
                  COMPILER.value(PipelineDraft.text(shrunk), new Problems()).orElseThrow();
              assertEquals(
                  least.expression().interpretValue(row),
                  least.of(row),
                  shrunk + "\n  shrunk from " + text);
            }
          }
        });
  }

  private static boolean differs(CompiledValue value, Row row) {
    return !Objects.equals(value.expression().interpretValue(row), value.of(row));
  }

  private static boolean differsInValue(String text, Row row) {
    return COMPILER
        .value(PipelineDraft.text(text), new Problems())
        .filter(value -> differs(value, row))
        .isPresent();
  }

  @Test
  void test_randomSets_answerAsEachConditionAloneDoes() {
    Cases.run(
        CASES / 100,
        random -> {
          int size = 1 + random.nextInt(random.nextBoolean() ? 8 : 3 * ConditionSet.INDEX_MIN);
          List<CompiledCondition> conditions = new ArrayList<>();
          RandomExpression expressions = new RandomExpression(random);
          while (conditions.size() < size) {
            String text =
                random.nextInt(3) == 0
                    ? expressions.bool(1 + random.nextInt(3))
                    : expressions.indexable();
            COMPILER.condition(PipelineDraft.text(text), new Problems()).ifPresent(conditions::add);
          }
          ConditionSet set = new ConditionSet(conditions);
          for (int i = 0; i < ROWS; i++) {
            check(set, conditions, row(random));
          }
        });
  }

  private static void check(ConditionSet set, List<CompiledCondition> conditions, Row row) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      Answer answer = conditions.get(i).test(row);
      if (answer.isTrue()) {
        expected.add(i + " true");
      }
    }
    for (int i = 0; i < conditions.size(); i++) {
      Answer answer = conditions.get(i).test(row);
      if (answer.isUnknown()) {
        expected.add(i + " " + answer.because());
      }
    }
    List<String> found = new ArrayList<>();
    Verdicts verdicts = set.test(row);
    for (int i = verdicts.nextTrue(0); i >= 0; i = verdicts.nextTrue(i + 1)) {
      found.add(i + " true");
    }
    for (int i = 0; i < verdicts.unknowns(); i++) {
      found.add(verdicts.unknown(i) + " " + set.because(verdicts, i));
    }
    assertEquals(expected, found);
  }

  private static Set<String> names(Answer unknown) {
    return Set.of(unknown.because().replace(" is missing", "").split(", ", -1));
  }

  private static Row row(Random random) {
    StreamSchema schema = PIPELINE.streams().get(0);
    Slots values = new Slots(schema.size());
    for (int i = 0; i < schema.size(); i++) {
      if (!schema.field(i).optional() || random.nextInt(3) > 0) {
        set(values, i, schema.type(i), random);
      }
    }
    Slots features = new Slots(4);
    FieldType[] types = {FieldType.INT, FieldType.DECIMAL, FieldType.DECIMAL, FieldType.STRING};
    for (int i = 0; i < types.length; i++) {
      if (random.nextInt(4) > 0) {
        set(features, i, types[i], random);
      }
    }
    long now = values.number(schema.position("t"));
    Event event = new Event(schema, "e", "x", now, values, now, 0, 0);
    Row row = new Row(event, features, 1, null);
    if (random.nextBoolean()) {
      row.useLists(lists(now, random));
    }
    return row;
  }

  /** Lists of which something was said before, at and behind the arrival of an event. */
  private static Lists lists(long now, Random random) {
    Lists lists = new Lists(List.of("words", "sizes", "prices"));
    List<List<Object>> values =
        List.of(
            List.of("x", "abc", "b", "\u00e9\""),
            List.of(0L, 1L, 2L, 7L),
            List.of(new BigDecimal("2.50"), BigDecimal.ZERO));
    List<String> names = List.of("words", "sizes", "prices");
    for (int i = random.nextInt(6); i > 0; i--) {
      int list = random.nextInt(3);
      Object value = values.get(list).get(random.nextInt(values.get(list).size()));
      long from = now - 2 + random.nextInt(4);
      long until = random.nextBoolean() ? ListChange.FOR_EVER : now - 1 + random.nextInt(3);
      ListChange.Kind kind = KINDS.get(random.nextInt(3));
      lists.apply(new ListChange(names.get(list), value, kind, from, until, ""));
    }
    return lists;
  }

  private static void set(Slots slots, int slot, FieldType type, Random random) {
    switch (type) {
      case STRING ->
          slots.setObject(slot, List.of("x", "abc", "", "b", "\u00e9\"").get(random.nextInt(5)));
      case INT ->
          slots.setNumber(
              slot,
              List.of(0L, 1L, 2L, 7L, -3L, 100L, Long.MAX_VALUE, Long.MIN_VALUE)
                  .get(random.nextInt(8)));
      case DOUBLE ->
          slots.setReal(
              slot, List.of(0.0, 2.5, -1.5, 1e300, 0.1, 7.0, Double.NaN).get(random.nextInt(7)));
      case BOOL -> slots.setNumber(slot, random.nextInt(2));
      case TIMESTAMP ->
          slots.setNumber(slot, 1_774_746_000_000L + random.nextInt(200_000_000) - 100_000_000);
      case DECIMAL ->
          slots.setObject(
              slot,
              List.of(
                      new BigDecimal("2.50"),
                      BigDecimal.TEN,
                      new BigDecimal("-0.1"),
                      new BigDecimal("3"),
                      BigDecimal.ZERO)
                  .get(random.nextInt(5)));
    }
  }
}
