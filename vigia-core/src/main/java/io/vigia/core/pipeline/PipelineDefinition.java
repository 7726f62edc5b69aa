package io.vigia.core.pipeline;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleMatch;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;

/**
 * A pipeline file as it was read: well-formed, not yet checked for meaning.
 *
 * <p>This is what ships to an engine's workers, which compile it there.
 */
public record PipelineDefinition(
    Text name,
    List<StreamDefinition> streams,
    List<FeatureDefinition> features,
    List<PatternDefinition> patterns,
    List<ListDefinition> lists,
    List<TableDefinition> tables,
    List<RuleDefinition> rules,
    RuleMatch match,
    List<Text> outcomes,
    List<AlertDefinition> alerts,
    List<TestDefinition> tests)
    implements Serializable {

  /** From mild to severe, unless the file names its own. */
  public static final List<String> DEFAULT_OUTCOMES =
      List.of("allow", "challenge", "review", "block");

  public PipelineDefinition {
    streams = List.copyOf(streams);
    features = List.copyOf(features);
    patterns = List.copyOf(patterns);
    lists = List.copyOf(lists);
    tables = List.copyOf(tables);
    rules = List.copyOf(rules);
    outcomes = List.copyOf(outcomes);
    alerts = List.copyOf(alerts);
    tests = List.copyOf(tests);
  }

  /** A pipeline without tables. */
  public PipelineDefinition(
      Text name,
      List<StreamDefinition> streams,
      List<FeatureDefinition> features,
      List<PatternDefinition> patterns,
      List<ListDefinition> lists,
      List<RuleDefinition> rules,
      RuleMatch match,
      List<Text> outcomes,
      List<AlertDefinition> alerts,
      List<TestDefinition> tests) {
    this(
        name, streams, features, patterns, lists, List.of(), rules, match, outcomes, alerts, tests);
  }
}
