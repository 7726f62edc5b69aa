package io.vigia.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TimeFormat;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Text;
import java.time.Duration;
import java.util.List;

/** A pipeline as {@code GET /v1/pipelines} shows it. */
final class PipelineJson {
  private PipelineJson() {}

  static JsonObject of(ServedPipeline served) {
    CompiledPipeline pipeline = served.pipeline();
    JsonArray streams = new JsonArray();
    pipeline.streams().forEach(stream -> streams.add(stream(pipeline, stream)));
    JsonArray features = new JsonArray();
    pipeline.definition().features().forEach(feature -> features.add(feature(feature)));
    JsonArray tables = new JsonArray();
    pipeline.definition().tables().forEach(table -> tables.add(table(table)));
    JsonArray rules = new JsonArray();
    pipeline.definition().rules().forEach(rule -> rules.add(rule(rule)));
    JsonArray alerts = new JsonArray();
    pipeline.alerts().forEach(alert -> alerts.add(alert(alert)));
    return new JsonObject()
        .put("pipeline", pipeline.name())
        .put("version", served.version())
        .put("streams", streams)
        .put("features", features)
        .put("tables", tables)
        .put("rules", rules)
        .put("outcomes", new JsonArray(pipeline.outcomes()))
        .put("alerts", alerts);
  }

  private static JsonObject stream(CompiledPipeline pipeline, StreamSchema stream) {
    JsonArray fields = new JsonArray();
    for (FieldDefinition field : stream.definition().fields()) {
      fields.add(field(field));
    }
    Text time = stream.definition().time();
    return new JsonObject()
        .put("stream", stream.name())
        .put("topic", pipeline.topicOf(stream))
        .put("id", idOf(stream.definition().id()))
        .put("time", time == null ? null : time.value())
        .put("key", texts(stream.definition().key()))
        .put("fields", fields)
        .put("deadline_ms", pipeline.deadlineMs(stream))
        .put("fallback", pipeline.fallbackOf(stream));
  }

  private static Object idOf(IdDefinition id) {
    return switch (id.kind()) {
      case CLOUD_EVENT -> "cloudevent";
      case LINE -> "line";
      case FIELDS -> texts(id.fields());
    };
  }

  private static JsonObject field(FieldDefinition field) {
    JsonObject json =
        new JsonObject()
            .put("name", field.name().value())
            .put("from", field.from())
            .put("type", field.type().word())
            .put("optional", field.optional());
    TimeFormat format = field.format();
    if (format != null) {
      json.put("format", format.pattern());
      if (format.zone() != null) {
        json.put("zone", format.zone().getId());
      }
    }
    return json;
  }

  private static JsonObject feature(FeatureDefinition feature) {
    boolean bounded = feature.overMs() != FeatureDefinition.UNBOUNDED;
    return new JsonObject()
        .put("feature", feature.name().value())
        .put("on", feature.on().value())
        .put("by", texts(feature.by()))
        .put("aggregation", feature.aggregation().word())
        .put("arguments", texts(feature.arguments()))
        .put("over_ms", bounded ? feature.overMs() : null)
        .put("delay_ms", feature.delayMs())
        .put("exclude_current", feature.excludeCurrent());
  }

  private static JsonObject table(TableDefinition table) {
    Text deleteWhen = table.deleteWhen();
    return new JsonObject()
        .put("table", table.name().value())
        .put("on", table.on().value())
        .put("key", texts(table.key()))
        .put("by", texts(table.readBy()))
        .put("columns", texts(table.columns()))
        .put("delete_when", deleteWhen == null ? null : deleteWhen.value())
        .put("expires_ms", table.expiresMs() == 0 ? null : table.expiresMs());
  }

  private static JsonObject rule(RuleDefinition rule) {
    Text reason = rule.reason();
    return new JsonObject()
        .put("rule", rule.id().value())
        .put("on", rule.on().value())
        .put("when", rule.when().value())
        .put("outcome", rule.outcome().value())
        .put("score", rule.score())
        .put("reason", reason == null ? null : reason.value())
        .put("shadow", rule.shadow())
        .put("rollout", rule.mode().percent());
  }

  private static JsonObject alert(AlertDefinition alert) {
    return new JsonObject()
        .put("alert", alert.name().value())
        .put("outcomes", texts(alert.outcomes()))
        .put("group_by", texts(alert.groupBy()))
        .put("cooldown_s", Duration.ofMillis(alert.cooldownMs()).toSeconds())
        .put("resolve_when", alert.resolveWhen() == null ? null : alert.resolveWhen().value())
        .put("resolve_after_s", Duration.ofMillis(alert.resolveAfterMs()).toSeconds())
        .put("repeat_s", Duration.ofMillis(alert.repeatMs()).toSeconds());
  }

  private static JsonArray texts(List<Text> texts) {
    return new JsonArray(texts.stream().map(Text::value).toList());
  }
}
