package io.vigia.cli.verify;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleMatch;
import io.vigia.core.event.StreamSchema;
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

/**
 * Which features and rules give the same in every run, however many partitions and threads it has.
 *
 * <p><b>Shape.</b> A feature is promised to the events of a stream when its entity is the stream's
 * key and the stream that feeds it has the same key: then all its events pass one partition, in
 * order. A rule is promised when every feature that it reads is, and, where the first one that
 * fires decides alone, when every live rule of its stream before it is as well.
 */
final class PromisedParts {
  private static final String MATCHED = "matched.";
  private static final Pattern EXPRESSION_IN_REASON = Pattern.compile("\\{\\{(.*?)\\}\\}");

  /** A string literal, to be passed over, or a name that is not a member of something. */
  private static final Pattern NAME =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
              + "|(?<![.\\w])(matched\\.\\w+|[A-Za-z_]\\w*)");

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
    for (FeatureDefinition feature : pipeline.definition().features()) {
      names.add(feature.name().value());
      StreamSchema fed = pipeline.stream(feature.on().value());
      for (StreamSchema stream : judged) {
        if (fed != null && isKey(feature.by(), stream) && isKey(feature.by(), fed)) {
          of(featuresOfStream, stream.name()).add(feature.name().value());
        }
      }
    }
    pipeline.definition().patterns().forEach(pattern -> add(pattern, pipeline, names));
    boolean first = pipeline.definition().match() == RuleMatch.FIRST;
    pipeline.definition().rules().forEach(rule -> add(rule, names, first));
  }

  /** A pattern over one stream, by that stream's key, meets its events in the same order always. */
  private void add(PatternDefinition pattern, CompiledPipeline pipeline, Set<String> names) {
    String name = pattern.name().value();
    names.add(MATCHED + name);
    String stream = pattern.streams().iterator().next();
    StreamSchema source = pipeline.stream(stream);
    if (source != null && pattern.streams().size() == 1 && isKey(pattern.by(), source)) {
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
