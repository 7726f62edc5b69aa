package io.vigia.core.pipeline;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test as the pipeline file declares it: events given in virtual time, and what must be decided.
 *
 * <p><b>Shape.</b> {@code expect} maps an event id to what its decision must say; {@code never} is
 * what no decision of the test may be or say.
 */
public record TestDefinition(
    Text name, List<Given> given, Map<String, Expected> expect, Never never)
    implements Serializable {
  public TestDefinition {
    given = List.copyOf(given);
    expect = new LinkedHashMap<>(expect);
  }

  /** A test that expects decisions alone. */
  public TestDefinition(Text name, List<Given> given, Map<String, Expected> expect) {
    this(name, given, expect, Never.NOTHING);
  }

  /** What must not happen at all: silences, by their patterns, and alerts that are raised. */
  public record Never(List<Text> silences, List<Text> alerts) implements Serializable {
    public static final Never NOTHING = new Never(List.of(), List.of());

    public Never {
      silences = List.copyOf(silences);
      alerts = List.copyOf(alerts);
    }
  }

  /** What a file says of a field or feature: its name, and its value; null where it is missing. */
  public record Value(Text name, @Nullable Text text) implements Serializable {}

  /**
   * One event, or {@code times} of them {@code everyMs} apart, in which <code>{{n}}</code> counts
   * from 1.
   *
   * <p><b>Shape.</b> {@code atMs} is relative to the start of the test; null where the event
   * carries its own time. {@code waitMs} is 0 for an event; otherwise nothing comes for so long.
   * {@code fields} are values as the file has them, by the field's declared name. With {@code
   * edits} it is no event but a change of lists.
   */
  public record Given(
      Text stream,
      Map<String, Value> fields,
      @Nullable Long atMs,
      int times,
      long everyMs,
      long waitMs,
      List<ListEdit> edits,
      Place place)
      implements Serializable {
    public Given {
      fields = new LinkedHashMap<>(fields);
      edits = List.copyOf(edits);
    }

    /** An event, or several. */
    public Given(
        Text stream,
        Map<String, Value> fields,
        @Nullable Long atMs,
        int times,
        long everyMs,
        Place place) {
      this(stream, fields, atMs, times, everyMs, 0, List.of(), place);
    }

    /** Time that passes while nothing comes. */
    public static Given pause(long waitMs, Place place) {
      return new Given(new Text("", place), Map.of(), null, 0, 0, waitMs, List.of(), place);
    }

    /** Lists that are changed. */
    public static Given edits(List<ListEdit> edits, @Nullable Long atMs, Place place) {
      return new Given(new Text("", place), Map.of(), atMs, 0, 0, 0, edits, place);
    }

    /** Whether it is no event but a change of lists. */
    public boolean isEdit() {
      return !edits.isEmpty();
    }

    /** Whether it is no event but time that passes. */
    public boolean isPause() {
      return waitMs > 0;
    }
  }

  /**
   * Values that are added to a list, or removed from it, as {@code vigia lists} does.
   *
   * <p><b>Units and bounds.</b> {@code forMs} is how long that counts, in event time; 0 for ever.
   */
  public record ListEdit(Text list, boolean adds, List<Text> values, long forMs)
      implements Serializable {
    public ListEdit {
      values = List.copyOf(values);
    }
  }

  /**
   * What is expected of one decision; a null part is not checked.
   *
   * <p><b>Shape.</b> {@code features} maps names (or {@code name.part}) to their values; {@code
   * alerts} are those that the decision raises, {@code resolves} those that it ends.
   */
  public record Expected(
      @Nullable Text outcome,
      @Nullable List<Text> rules,
      @Nullable Long score,
      @Nullable List<Text> reasons,
      Map<String, Value> features,
      @Nullable List<Text> alerts,
      @Nullable List<Text> resolves,
      Place place)
      implements Serializable {
    public Expected {
      alerts = alerts == null ? null : List.copyOf(alerts);
      resolves = resolves == null ? null : List.copyOf(resolves);
      rules = rules == null ? null : List.copyOf(rules);
      reasons = reasons == null ? null : List.copyOf(reasons);
      features = new LinkedHashMap<>(features);
    }

    /** What is expected of the decision alone. */
    public Expected(
        @Nullable Text outcome,
        @Nullable List<Text> rules,
        @Nullable Long score,
        @Nullable List<Text> reasons,
        Map<String, Value> features,
        Place place) {
      this(outcome, rules, score, reasons, features, null, null, place);
    }
  }
}
