package io.vigia.wire.pipeline;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleMatch;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.pipeline.ListDefinition;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Text;
import io.vigia.wire.pipeline.Form.Named;
import java.util.List;

/** Makes the definition of a file in which the form checker has found nothing. */
final class DefinitionBuilder {
  private final Form file;

  DefinitionBuilder(Form file) {
    this.file = file;
  }

  PipelineDefinition build() {
    List<StreamDefinition> streams =
        file.form("streams").named().stream().map(StreamBuilder::build).toList();
    return new PipelineDefinition(
        file.text("pipeline"),
        streams,
        file.form("features").named().stream().map(FeatureBuilder::build).toList(),
        file.form("patterns").named().stream().map(PatternBuilder::build).toList(),
        file.form("lists").named().stream().map(DefinitionBuilder::list).toList(),
        file.form("tables").named().stream().map(TableGrammar::build).toList(),
        file.forms("rules").stream()
            .map(rule -> RuleBuilder.build(rule, streams.get(0).name()))
            .toList(),
        file.has("match") && file.text("match").value().equals(RuleMatch.FIRST.word())
            ? RuleMatch.FIRST
            : RuleMatch.ALL,
        outcomes(),
        file.form("alerts").named().stream().map(DefinitionBuilder::alert).toList(),
        file.forms("tests").stream().map(TestBuilder::build).toList());
  }

  private List<Text> outcomes() {
    return file.has("outcomes")
        ? file.texts("outcomes")
        : PipelineDefinition.DEFAULT_OUTCOMES.stream()
            .map(outcome -> new Text(outcome, file.text("pipeline").place()))
            .toList();
  }

  private static ListDefinition list(Named named) {
    return new ListDefinition(
        named.name(),
        FieldTypeValue.type(named.form().text("of").value()),
        named.form().texts("values"));
  }

  private static AlertDefinition alert(Named named) {
    return new AlertDefinition(
        named.name(),
        named.form().texts("outcomes"),
        named.form().texts("group_by"),
        named.form().ms("cooldown", 0),
        named.form().conditionOrNull("resolve_when"),
        named.form().ms("resolve_after", 0),
        named.form().ms("repeat", 0));
  }
}
