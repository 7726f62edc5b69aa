package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.expr.Variable.Part;
import io.vigia.core.feature.WindowDefinition.Kind;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which windows and types an aggregation goes with, and what it gives. */
final class FeatureShape {
  private static final int PANES_MAX = 10_000;

  /** Of those that may each have a sketch, or as many values as are kept before it. */
  private static final int SKETCHED_PANES_MAX = 1_000;

  private final FeatureDefinition definition;
  private final List<FieldType> arguments;
  private final long maxEvents;

  /**
   * @param maxEvents how many events of its stream a key keeps
   */
  FeatureShape(FeatureDefinition definition, List<FieldType> arguments, long maxEvents) {
    this.definition = definition;
    this.arguments = List.copyOf(arguments);
    this.maxEvents = maxEvents;
  }

  /** Whether nothing is wrong; what is, is reported. */
  boolean check(Problems problems) {
    return checkWindow(problems)
        && checkEvents(problems)
        && checkResolution(problems)
        && checkType(problems);
  }

  private boolean checkWindow(Problems problems) {
    Aggregation aggregation = definition.aggregation();
    WindowDefinition window = definition.window();
    String word = aggregation.word();
    return switch (aggregation) {
      case COUNT_DISTINCT -> checkDistinct(problems);
      case PERCENTILE, TOP ->
          !window.isEver()
              || wrong(
                  problems,
                  word + " without a window would keep every value for ever",
                  "add over, such as over: 1d");
      case RATE ->
          window.kind() == Kind.LOOK_BACK
              || wrong(
                  problems,
                  "rate divides by the length of the window, which must be a time",
                  "add over, such as over: 1h");
      case EWMA ->
          window.isEver()
              || wrong(
                  problems,
                  "ewma forgets by its half-life and needs no window",
                  "remove the window");
      case USUAL ->
          (window.kind() == Kind.CALENDAR
                  && (window.unit() == CalendarUnit.HOUR || window.unit() == CalendarUnit.DAY))
              || wrong(
                  problems,
                  "usual compares hours or days of the calendar",
                  "add each: hour and a zone, such as zone: Europe/Madrid");
      case PREVIOUS ->
          !definition.excludeCurrent()
              || wrong(
                  problems,
                  "previous always leaves the current event out",
                  "remove exclude_current");
      case COUNT, SUM, MEAN, MIN, MAX, FIRST, LAST, VARIANCE, STDDEV, RATIO -> true;
    };
  }

  private boolean checkEvents(Problems problems) {
    WindowDefinition window = definition.window();
    return window.kind() != Kind.LAST_EVENTS
        || window.size() <= maxEvents
        || wrong(
            problems,
            String.format(
                Locale.ROOT,
                "a window of %,d events of a stream of which a key keeps %,d",
                window.size(),
                maxEvents),
            "choose a smaller window, or a larger max_events of '" + definition.on() + "'");
  }

  /** Single values cannot be taken out of a sketch. */
  private boolean checkDistinct(Problems problems) {
    boolean sketch = definition.parameter() > 0;
    if (!definition.isFolded()) {
      return !sketch
          || wrong(
              problems,
              "a sketch cannot forget single events",
              "add resolution, such as a thirtieth of the window, or remove sketch");
    }
    return sketch
        || !definition.window().isEver()
        || wrong(
            problems,
            "count_distinct without a window would keep every value for ever",
            "add over, such as over: 1d, or a sketch, such as {of: "
                + definition.arguments().get(0)
                + ", sketch: 1000}");
  }

  private boolean checkResolution(Problems problems) {
    WindowDefinition window = definition.window();
    if (window.resolutionMs() == 0) {
      return true;
    }
    if (window.kind() != Kind.LOOK_BACK) {
      return wrong(
          problems,
          "resolution rounds the beginning of a window of time",
          "add over, such as over: 30d, or remove resolution");
    }
    if (!PartPlan.takes(definition.aggregation())) {
      return wrong(
          problems,
          definition.aggregation().word() + " needs the events themselves and has no resolution",
          "remove resolution");
    }
    boolean sketch = definition.aggregation() == Aggregation.COUNT_DISTINCT;
    int most = sketch ? SKETCHED_PANES_MAX : PANES_MAX;
    return (window.resolutionMs() <= window.size() && window.size() / window.resolutionMs() <= most)
        || wrong(
            problems,
            String.format(Locale.ROOT, "a window has 1 to %,d panes of its resolution", most),
            "choose another resolution, such as a hundredth of the window");
  }

  private boolean wrong(Problems problems, String message, String help) {
    problems.add(ProblemCode.FEATURE_SHAPE, definition.name().place(), message, help);
    return false;
  }

  private boolean checkType(Problems problems) {
    if (arguments.isEmpty()) {
      return true;
    }
    FieldType type = arguments.get(0);
    Aggregation aggregation = definition.aggregation();
    return switch (aggregation) {
      case SUM, MEAN ->
          type.isSummable()
              || unfit(
                  problems,
                  "sum and mean take int, double or decimal; to count, use count: true with where");
      case VARIANCE, STDDEV, EWMA, USUAL ->
          type.isSummable()
              || unfit(problems, aggregation.word() + " takes int, double or decimal");
      case MIN, MAX -> type.isOrdered() || unfit(problems, "min and max take any type but bool");
      case PERCENTILE -> type.isOrdered() || unfit(problems, "percentile takes any type but bool");
      case COUNT, COUNT_DISTINCT, FIRST, LAST, PREVIOUS, RATE, RATIO, TOP -> true;
    };
  }

  private boolean unfit(Problems problems, String help) {
    Text argument = definition.arguments().get(0);
    problems.add(
        ProblemCode.TYPE_MISMATCH,
        argument.place(),
        "cannot take the "
            + definition.aggregation().word()
            + " of '"
            + argument
            + "', which is "
            + arguments.get(0).word(),
        help);
    return false;
  }

  /** Whether the value is read by its parts. */
  boolean hasParts() {
    return definition.several()
        || definition.aggregation() == Aggregation.TOP
        || definition.aggregation() == Aggregation.USUAL;
  }

  /** What it gives; one part without a name where it is a plain value. */
  List<Part> parts() {
    if (definition.aggregation() == Aggregation.TOP) {
      return Top.parts(arguments.get(0), (int) definition.parameter());
    }
    if (definition.aggregation() == Aggregation.USUAL) {
      return Usual.parts();
    }
    if (!definition.several()) {
      return List.of(new Part("", type()));
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      parts.add(new Part(definition.arguments().get(i).value(), arguments.get(i)));
    }
    return parts;
  }

  private FieldType type() {
    return switch (definition.aggregation()) {
      case COUNT, COUNT_DISTINCT -> FieldType.INT;
      case SUM, MIN, MAX, FIRST, LAST, PREVIOUS, PERCENTILE, TOP -> arguments.get(0);
      case MEAN -> arguments.get(0) == FieldType.INT ? FieldType.DOUBLE : arguments.get(0);
      case VARIANCE, STDDEV, RATE, RATIO, EWMA, USUAL -> FieldType.DOUBLE;
    };
  }
}
