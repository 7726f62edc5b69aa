package io.vigia.cli.verify;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleMatch;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Variable;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which features and rules give the same in every run, however many partitions and threads it has.
 *
 * <p><b>Shape.</b> A feature is promised to the events of the stream that feeds it, and to the
 * silences in it, when its entity is the stream's key: then all its events pass one partition, in
 * order. Events of another stream of the same key come by a partition of their own, and may find it
 * there or still missing. So it is with tables. What reads features and tables, be it a feature, a
 * pattern or a rule, is promised when all that it reads is; and, where the first rule that fires
 * decides alone, a rule when every live one of its stream before it is as well.
 */
final class PromisedParts {
  private static final String MATCHED = "matched.";
  private static final Pattern EXPRESSION_IN_REASON = Pattern.compile("\\{\\{(.*?)\\}\\}");

  /** A string literal, to be passed over, or a name that is not a member of something. */
  private static final Pattern NAME =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
              + "|(?<![.\\w])(matched\\.\\w+|tables\\.\\w+(?:\\.\\w+)?|[A-Za-z_]\\w*)");

  private final Map<String, Set<String>> featuresOfStream = new HashMap<>();
  private final Map<String, Set<String>> readsOfRule = new HashMap<>();
  private final Set<String> rules = new HashSet<>();
  private final Map<String, Set<String>> doubtfulReads = new HashMap<>();
  private final Set<String> wholeStreams = new HashSet<>();
  private final Map<String, String> sourceOfSilence = new HashMap<>();
  private final Set<String> doubtfulSilences = new HashSet<>();
  private final Set<String> lateKeys = new HashSet<>();

  PromisedParts(CompiledPipeline pipeline) {
    Set<String> names = new HashSet<>();
    List<StreamSchema> judged = new ArrayList<>(pipeline.streams());
    judged.addAll(pipeline.silentStreams());
    for (StreamSchema stream : judged) {
      featuresOfStream.put(stream.name(), new HashSet<>());
      doubtfulReads.put(stream.name(), new HashSet<>());
      wholeStreams.add(stream.name());
    }
    pipeline.definition().features().forEach(feature -> names.add(feature.name().value()));
    addTables(pipeline, names);
    addFeatures(pipeline, names);
    pipeline.definition().patterns().forEach(pattern -> add(pattern, pipeline, names));
    addToSilences(pipeline);
    boolean first = pipeline.definition().match() == RuleMatch.FIRST;
    pipeline.definition().rules().forEach(rule -> add(rule, names, first));
  }

  /** Features read others in any order of the file, so that this goes on until nothing is added. */
  private void addFeatures(CompiledPipeline pipeline, Set<String> names) {
    boolean added = true;
    while (added) {
      added = false;
      for (FeatureDefinition feature : pipeline.definition().features()) {
        String fed = feature.on().value();
        StreamSchema stream = pipeline.stream(fed);
        if (stream != null
            && isKey(feature.by(), stream)
            && readsPromised(
                fed,
                Stream.concat(feature.arguments().stream(), feature.conditions().stream()),
                names)) {
          added |= of(featuresOfStream, fed).add(feature.name().value());
        }
      }
    }
  }

  private boolean readsPromised(String stream, Stream<Text> texts, Set<String> names) {
    Set<String> reads = new HashSet<>();
    texts.forEach(text -> addNames(text.value(), names, reads));
    return of(featuresOfStream, stream).containsAll(reads);
  }

  /** A silence is found in the one stream of its pattern, and has what its features are then. */
  private void addToSilences(CompiledPipeline pipeline) {
    for (StreamSchema silent : pipeline.silentStreams()) {
      String source = sourceOfSilence.get(silent.name());
      if (source != null) {
        of(featuresOfStream, silent.name()).addAll(of(featuresOfStream, source));
      }
    }
  }

  private void addTables(CompiledPipeline pipeline, Set<String> names) {
    for (StreamSchema stream : pipeline.streams()) {
      for (Variable variable : pipeline.variables(stream)) {
        if (variable.isOfTable()) {
          names.add(variable.name());
          if (isPromised(pipeline, variable, stream)) {
            of(featuresOfStream, stream.name()).add(variable.name());
          }
        }
      }
    }
  }

  private static boolean isPromised(
      CompiledPipeline pipeline, Variable variable, StreamSchema stream) {
    return pipeline.definition().tables().stream()
        .filter(table -> table.path().equals(Variable.tableIn(variable.name())))
        .anyMatch(table -> table.on().value().equals(stream.name()) && isKey(table.key(), stream));
  }

  /** A pattern over one stream, by that stream's key, meets its events in the same order always. */
  private void add(PatternDefinition pattern, CompiledPipeline pipeline, Set<String> names) {
    String name = pattern.name().value();
    names.add(MATCHED + name);
    String stream = pattern.streams().iterator().next();
    StreamSchema source = pipeline.stream(stream);
    Stream<Text> conditions =
        Stream.concat(
                pattern.steps().stream().flatMap(step -> step.candidates().stream()),
                Stream.ofNullable(pattern.until()))
            .flatMap(candidate -> Stream.ofNullable(candidate.where()));
    if (source != null
        && pattern.streams().size() == 1
        && isKey(pattern.by(), source)
        && readsPromised(stream, conditions, names)) {
      of(featuresOfStream, stream).add(MATCHED + name);
      sourceOfSilence.put(name, stream);
    } else if (pattern.endsInSilence()) {
      doubtfulSilences.add(name);
    }
  }

  private void add(RuleDefinition rule, Set<String> names, boolean first) {
    String id = rule.id().value();
    String stream = rule.on().value();
    Set<String> reads = reads(rule, names);
    readsOfRule.put(id, reads);
    boolean asked = !first || wholeStreams.contains(stream);
    if (asked && of(featuresOfStream, stream).containsAll(reads)) {
      rules.add(id);
    } else {
      of(doubtfulReads, stream).addAll(reads);
      if (!rule.shadow()) {
        wholeStreams.remove(stream);
      }
    }
  }

  private static boolean isKey(List<Text> by, StreamSchema stream) {
    return by.stream()
        .map(Text::value)
        .toList()
        .equals(stream.definition().key().stream().map(Text::value).toList());
  }

  private static Set<String> reads(RuleDefinition rule, Set<String> features) {
    Set<String> reads = new HashSet<>();
    addNames(rule.when().value(), features, reads);
    Text reason = rule.reason();
    if (reason != null) {
      Matcher expressions = EXPRESSION_IN_REASON.matcher(reason.value());
      while (expressions.find()) {
        addNames(expressions.group(1), features, reads);
      }
    }
    return reads;
  }

  private static void addNames(String expression, Set<String> features, Set<String> into) {
    Matcher names = NAME.matcher(expression);
    while (names.find()) {
      if (names.group(1) != null && features.contains(names.group(1))) {
        into.add(names.group(1));
      }
    }
  }

  private static Set<String> of(Map<String, Set<String>> sets, String key) {
    return sets.computeIfAbsent(key, k -> new HashSet<>());
  }

  /** Whether the value of a feature at events of a stream is the same in every run. */
  boolean isFeature(String stream, String feature) {
    return featuresOfStream.getOrDefault(stream, Set.of()).contains(feature);
  }

  /** Whether a rule answers the same in every run. */
  boolean isRule(String rule) {
    return rules.contains(rule);
  }

  /** Whether the outcome for events of a stream is the same in every run. */
  boolean isOutcome(String stream) {
    return wholeStreams.contains(stream);
  }

  /** Whether a feature's value is told with a decision only because a rule fired that might not. */
  boolean isMentionDoubtful(String stream, String feature) {
    return doubtfulReads.getOrDefault(stream, Set.of()).contains(feature);
  }

  /** Whether one of these rules, being promised, reads the feature. */
  boolean isReadByPromised(List<String> fired, String feature) {
    for (String rule : fired) {
      if (isRule(rule) && readsOfRule.getOrDefault(rule, Set.of()).contains(feature)) {
        return true;
      }
    }
    return false;
  }

  /** An event of a key has come after time had passed it: another run might have met it before. */
  void late(String stream, String key) {
    lateKeys.add(stream + "\n" + key);
  }

  /**
   * Whether it is not certain that every run decides this silence: one of several streams or of
   * another entity than the stream's key, or of a key to which an event came too late.
   */
  boolean isDoubtfulSilence(String stream, String key) {
    String source = sourceOfSilence.get(stream);
    return doubtfulSilences.contains(stream)
        || (source != null && lateKeys.contains(source + "\n" + key));
  }

  /** Whether nothing at all hangs on the order between partitions. */
  boolean isEverything() {
    return doubtfulReads.values().stream().allMatch(Set::isEmpty)
        && doubtfulSilences.isEmpty()
        && lateKeys.isEmpty();
  }
}
