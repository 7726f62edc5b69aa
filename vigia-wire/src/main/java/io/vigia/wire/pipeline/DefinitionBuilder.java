package io.vigia.wire.pipeline;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.pipeline.ListDefinition;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Text;
import io.vigia.wire.pipeline.Form.Named;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        file.form("features").named().stream().map(DefinitionBuilder::feature).toList(),
        file.form("patterns").named().stream().map(PatternBuilder::build).toList(),
        file.form("lists").named().stream().map(DefinitionBuilder::list).toList(),
        file.forms("rules").stream().map(rule -> rule(rule, streams.get(0).name())).toList(),
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

  private static FeatureDefinition feature(Named named) {
    Form form = named.form();
    Aggregation aggregation =
        Arrays.stream(Aggregation.values())
            .filter(a -> form.has(a.word()))
            .findFirst()
            .orElseThrow();
    boolean count = aggregation == Aggregation.COUNT;
    return new FeatureDefinition(
        named.name(),
        form.text("on"),
        form.texts("by"),
        aggregation,
        count ? List.of() : form.texts(aggregation.word()),
        form.isList(aggregation.word()),
        form.conditionOrNull("where"),
        form.ms("over", FeatureDefinition.UNBOUNDED),
        form.ms("delay", 0),
        form.flag("exclude_current"));
  }

  private static ListDefinition list(Named named) {
    return new ListDefinition(
        named.name(),
        FieldTypeValue.type(named.form().text("of").value()),
        named.form().texts("values"));
  }

  private static RuleDefinition rule(Form form, Text onlyStream) {
    Text id = form.text("id");
    @Nullable Text on = form.textOrNull("on");
    return new RuleDefinition(
        id,
        on == null ? new Text(onlyStream.value(), id.place()) : on,
        form.condition("when"),
        form.text("outcome"),
        (int) form.whole("score", 0),
        form.textOrNull("reason"),
        form.has("mode") && form.text("mode").value().equals("shadow"));
  }

  private static AlertDefinition alert(Named named) {
    return new AlertDefinition(
        named.name(),
        named.form().texts("outcomes"),
        named.form().texts("group_by"),
        named.form().ms("cooldown", 0));
  }
}
