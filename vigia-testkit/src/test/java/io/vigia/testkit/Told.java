package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.WindowDefinition;
import io.vigia.core.pattern.Candidate;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random pipelines and events as people read them: as in a file, times in milliseconds. */
final class Told {
  private Told() {}

  /** The sections of a pipeline that an oracle is about. */
  static String pipeline(PipelineDefinition definition) {
    StringBuilder text = new StringBuilder("streams:\n");
    definition.streams().forEach(stream -> text.append("  ").append(stream(stream)).append('\n'));
    text.append(definition.features().isEmpty() ? "" : "features:\n");
    definition
        .features()
        .forEach(feature -> text.append("  ").append(feature(feature)).append('\n'));
    text.append(definition.patterns().isEmpty() ? "" : "patterns:\n");
    definition
        .patterns()
        .forEach(pattern -> text.append("  ").append(pattern(pattern)).append('\n'));
    return text.toString();
  }

  private static String stream(StreamDefinition stream) {
    List<String> words = new ArrayList<>();
    words.add("key: " + stream.key());
    words.add("dedupe: " + stream.dedupeMs() + "ms");
    words.add("out_of_order: " + stream.outOfOrderMs() + "ms");
    words.add("fields: " + stream.fields().stream().map(field -> field.name().value()).toList());
    return stream.name() + ": {" + String.join(", ", words) + "}";
  }

  private static String feature(FeatureDefinition feature) {
    List<String> words = new ArrayList<>();
    words.add("on: " + feature.on());
    words.add("by: " + feature.by());
    words.add(
        feature.aggregation().word()
            + ": "
            + (feature.arguments().isEmpty() ? "true" : feature.arguments()));
    if (feature.parameter() != 0) {
      words.add("parameter: " + feature.parameter());
    }
    add("condition", feature.condition(), words);
    add("where", feature.where(), words);
    words.add(window(feature.window()));
    if (feature.delayMs() > 0) {
      words.add("delay: " + feature.delayMs() + "ms");
    }
    if (feature.excludeCurrent()) {
      words.add("exclude_current: true");
    }
    return feature.name() + ": {" + String.join(", ", words) + "}";
  }

  private static String window(WindowDefinition window) {
    return switch (window.kind()) {
      case EVER -> "ever";
      case LOOK_BACK -> "over: " + window.size() + "ms";
      case LAST_EVENTS -> "over: {events: " + window.size() + "}";
      case CALENDAR -> "each: " + window.unit() + ", zone: " + window.zone();
      case SESSION -> "session: " + window.size() + "ms";
    };
  }

  static String pattern(PatternDefinition pattern) {
    List<String> words = new ArrayList<>();
    words.add("by: " + pattern.by());
    words.add("within: " + pattern.withinMs() + "ms");
    if (pattern.strict()) {
      words.add("strict: true");
    }
    if (pattern.overlap()) {
      words.add("overlap: true");
    }
    if (pattern.until() != null) {
      words.add("until: " + candidate(pattern.until()));
    }
    words.add("steps: " + pattern.steps().stream().map(Told::step).toList());
    return pattern.name() + ": {" + String.join(", ", words) + "}";
  }

  private static String step(StepDefinition step) {
    String most = step.most() == StepDefinition.UNBOUNDED ? "" : "" + step.most();
    return step.name()
        + ": {any: "
        + step.candidates().stream().map(Told::candidate).toList()
        + (step.negated() ? ", not: true" : ", times: " + step.least() + ".." + most)
        + "}";
  }

  private static String candidate(Candidate candidate) {
    List<String> words = new ArrayList<>(List.of("on: " + candidate.on()));
    add("where", candidate.where(), words);
    return "{" + String.join(", ", words) + "}";
  }

  private static void add(String word, @Nullable Text text, List<String> words) {
    if (text != null) {
      words.add(word + ": '" + text + "'");
    }
  }

  /** An event, with its present fields. */
  static String event(Event event) {
    StreamSchema stream = event.stream();
    StringBuilder text = new StringBuilder("  - " + stream.name() + ": {");
    String separator = "";
    for (int i = 0; i < stream.size(); i++) {
      if (event.values().has(i)) {
        text.append(separator)
            .append(stream.field(i).name())
            .append(": ")
            .append(
                i == stream.timeField() ? event.timeMs() : event.values().boxed(i, stream.type(i)));
        separator = ", ";
      }
    }
    return text.append('}').toString();
  }
}
