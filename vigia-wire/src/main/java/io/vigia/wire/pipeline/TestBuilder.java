package io.vigia.wire.pipeline;

import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.pipeline.TestDefinition.Expected;
import io.vigia.core.pipeline.TestDefinition.Given;
import io.vigia.core.pipeline.TestDefinition.ListEdit;
import io.vigia.core.pipeline.TestDefinition.Never;
import io.vigia.core.pipeline.TestDefinition.Value;
import io.vigia.wire.pipeline.Form.Named;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the definition of a test. */
final class TestBuilder {
  private TestBuilder() {}

  static TestDefinition build(Form form) {
    Map<String, Expected> expect = new LinkedHashMap<>();
    for (Named decision : form.form("expect").named()) {
      expect.put(decision.name().value(), expected(decision));
    }
    return new TestDefinition(
        form.text("name"),
        form.forms("given").stream().map(TestBuilder::given).toList(),
        expect,
        never(form.form("never")));
  }

  private static Never never(Form form) {
    return new Never(form.texts("silences"), form.texts("alerts"));
  }

  private static Given given(Form form) {
    if (form.has("wait")) {
      return Given.pause(form.ms("wait", 0), form.place());
    }
    if (form.has(ListEditGrammar.LISTS)) {
      return Given.edits(
          form.form(ListEditGrammar.LISTS).named().stream().map(TestBuilder::edit).toList(),
          form.has("at") ? (Long) form.ms("at", 0) : null,
          form.place());
    }
    Named event =
        form.named().stream()
            .filter(entry -> TestGrammar.GIVEN.word(entry.name().value()) == null)
            .findFirst()
            .orElseThrow();
    return new Given(
        event.name(),
        values(event.form()),
        form.has("at") ? (Long) form.ms("at", 0) : null,
        (int) form.whole("times", 1),
        form.ms("every", 0),
        event.name().place());
  }

  private static ListEdit edit(Named list) {
    boolean adds = list.form().has("add");
    return new ListEdit(
        list.name(), adds, list.form().texts(adds ? "add" : "remove"), list.form().ms("for", 0));
  }

  private static Expected expected(Named decision) {
    if (decision.isBrief()) {
      return new Expected(decision.text(), null, null, null, Map.of(), decision.name().place());
    }
    Form form = decision.form();
    return new Expected(
        form.textOrNull("outcome"),
        form.has("rules") ? form.texts("rules") : null,
        form.has("score") ? (Long) form.whole("score", 0) : null,
        form.has("reasons") ? form.texts("reasons") : null,
        values(form.form("features")),
        form.has("alerts") ? form.texts("alerts") : null,
        form.has("resolves") ? form.texts("resolves") : null,
        decision.name().place());
  }

  private static Map<String, Value> values(Form form) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Named value : form.named()) {
      values.put(value.name().value(), new Value(value.name(), value.text()));
    }
    return values;
  }
}
