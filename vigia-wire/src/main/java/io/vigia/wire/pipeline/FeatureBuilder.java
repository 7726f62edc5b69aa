package io.vigia.wire.pipeline;

import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.CalendarUnit;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.WindowDefinition;
import io.vigia.core.problem.Text;
import io.vigia.wire.pipeline.Form.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the definition of a feature in which the form checker has found nothing. */
final class FeatureBuilder {
  private final Form form;
  private final Aggregation aggregation;

  private FeatureBuilder(Form form) {
    this.form = form;
    this.aggregation =
        Arrays.stream(Aggregation.values())
            .filter(a -> form.has(a.word()))
            .findFirst()
            .orElseThrow();
  }

  static FeatureDefinition build(Named named) {
    return new FeatureBuilder(named.form()).build(named.name());
  }

  private FeatureDefinition build(Text name) {
    return new FeatureDefinition(
        name,
        form.text("on"),
        form.texts("by"),
        aggregation,
        arguments(),
        form.isList(aggregation.word()),
        form.conditionOrNull("where"),
        window(),
        form.ms("delay", 0),
        form.flag("exclude_current"),
        parameter(),
        aggregation == Aggregation.RATIO ? form.condition(aggregation.word()) : null);
  }

  /** The mapping behind the aggregation; an empty one where a text stands. */
  private Form inner() {
    return form.form(aggregation.word());
  }

  private List<Text> arguments() {
    return switch (aggregation) {
      case COUNT, RATE, RATIO -> List.of();
      case SUM, MEAN, MIN, MAX, FIRST, LAST, PREVIOUS, VARIANCE, STDDEV ->
          form.texts(aggregation.word());
      case PERCENTILE, EWMA -> inner().texts("of");
      case TOP, COUNT_DISTINCT ->
          inner().has("of") ? inner().texts("of") : form.texts(aggregation.word());
      case USUAL -> inner().texts("sum");
    };
  }

  private long parameter() {
    return switch (aggregation) {
      case COUNT, SUM, MEAN, MIN, MAX -> 0;
      case FIRST, LAST, PREVIOUS, VARIANCE, STDDEV, RATIO -> 0;
      case RATE -> form.ms(aggregation.word(), 0);
      case PERCENTILE -> PercentValue.thousandths(inner().text("p").value());
      case COUNT_DISTINCT -> inner().whole("sketch", 0);
      case TOP -> inner().whole("places", 1);
      case EWMA -> inner().ms("half_life", 0);
      case USUAL -> inner().whole("days", FeatureGrammar.USUAL_DAYS);
    };
  }

  private WindowDefinition window() {
    return exactWindow().withResolution(form.ms("resolution", 0));
  }

  private WindowDefinition exactWindow() {
    @Nullable Text each = form.textOrNull("each");
    if (each != null) {
      @Nullable Text zone = form.textOrNull("zone");
      return WindowDefinition.calendar(
          CalendarUnit.valueOf(each.value().toUpperCase(Locale.ROOT)),
          zone == null ? "UTC" : zone.value());
    }
    if (form.has("session")) {
      return WindowDefinition.session(form.ms("session", 0));
    }
    if (form.form("over").has("events")) {
      return WindowDefinition.lastEvents(form.form("over").whole("events", 0));
    }
    return form.has("over") ? WindowDefinition.lookBack(form.ms("over", 0)) : WindowDefinition.EVER;
  }
}
