package io.vigia.core.pipeline;

import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.problem.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A hash over all of a pipeline that shapes its state: streams as far as they decide what an event
 * is, features, patterns and tables. Places, rules, texts, alerts and tests do not count; lists do
 * where a feature's {@code where} reads one.
 */
final class StateSignature {
  private static final char END = '\n';

  private StateSignature() {}

  static String of(PipelineDefinition pipeline) {
    StringBuilder text = new StringBuilder("state 4").append(END);
    pipeline.streams().forEach(stream -> append(text, stream));
    pipeline.features().forEach(feature -> append(text, feature));
    pipeline.tables().forEach(table -> append(text, table));
    boolean patternsRead = PatternSignature.append(text, pipeline.patterns());
    boolean listsMatter =
        patternsRead
            || pipeline.features().stream()
                .flatMap(feature -> feature.conditions().stream())
                .anyMatch(StateSignature::readsLists)
            || pipeline.tables().stream()
                .map(TableDefinition::deleteWhen)
                .anyMatch(when -> when != null && readsLists(when));
    if (listsMatter) {
      pipeline
          .lists()
          .forEach(
              list -> text.append(list.name()).append(list.of()).append(values(list.values())));
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void append(StringBuilder text, StreamDefinition stream) {
    text.append("stream ").append(stream.name()).append(' ').append(stream.topic()).append(' ');
    text.append(stream.id().kind()).append(values(stream.id().fields())).append(stream.time());
    text.append(values(stream.key())).append(stream.dedupeMs()).append(' ');
    text.append(stream.outOfOrderMs()).append(' ').append(stream.maxAgeMs()).append(' ');
    text.append(stream.maxAheadMs()).append(' ').append(stream.maxEvents()).append(END);
    for (FieldDefinition field : stream.fields()) {
      text.append(field.name()).append(' ').append(field.type()).append(field.optional());
      text.append(field.from()).append(field.format()).append(END);
    }
  }

  private static boolean readsLists(Text condition) {
    return condition.value().contains("lists.");
  }

  private static void append(StringBuilder text, TableDefinition table) {
    text.append("table ").append(table.name()).append(' ').append(table.on());
    text.append(values(table.key())).append(values(table.by())).append(values(table.columns()));
    text.append(table.deleteWhen()).append(' ').append(table.expiresMs()).append(END);
  }

  private static void append(StringBuilder text, FeatureDefinition feature) {
    text.append("feature ").append(feature.name()).append(' ').append(feature.on());
    text.append(values(feature.by())).append(feature.aggregation());
    text.append(values(feature.arguments())).append(feature.several()).append(feature.where());
    text.append(' ').append(feature.window()).append(' ').append(feature.delayMs());
    text.append(feature.excludeCurrent()).append(' ').append(feature.parameter());
    text.append(' ').append(feature.condition()).append(END);
  }

  private static String values(List<Text> texts) {
    return texts.stream().map(Text::value).toList().toString();
  }
}
