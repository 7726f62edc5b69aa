package io.vigia.core.pipeline;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.feature.EntityFeatures;
import io.vigia.core.feature.Feature;
import io.vigia.core.feature.FeatureCompiler;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.pipeline.StagePlanner.Planned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the stages of a pipeline in which nothing was found, in the order of an event's visits. */
final class StageCompiler {
  private final List<StreamSchema> streams;
  private final List<StreamSchema> judged;
  private final FeatureSection features;
  private final TableSection tables;
  private final PatternSection patterns;
  private final EntityKeys keys;
  private int slots;

  /**
   * @param judged the declared streams and those of silences, by their ordinal
   * @param slots of a row that are taken already
   */
  StageCompiler(
      List<StreamSchema> streams,
      List<StreamSchema> judged,
      FeatureSection features,
      TableSection tables,
      PatternSection patterns,
      EntityKeys keys,
      int slots) {
    this.streams = List.copyOf(streams);
    this.judged = List.copyOf(judged);
    this.features = features;
    this.tables = tables;
    this.patterns = patterns;
    this.keys = keys;
    this.slots = slots;
  }

  /** How many slots a row has, those of the stages included. */
  int slots() {
    return slots;
  }

  List<Stage> compile() {
    Map<List<String>, List<Feature>> byEntity = new LinkedHashMap<>();
    for (Feature feature : features.all()) {
      byEntity.computeIfAbsent(feature.entity(), e -> new ArrayList<>()).add(feature);
    }
    tables.entities().forEach(entity -> byEntity.putIfAbsent(entity, List.of()));
    patterns.entities().forEach(entity -> byEntity.putIfAbsent(entity, List.of()));
    List<Stage> stages = new ArrayList<>();
    for (Planned planned :
        new StagePlanner(streams, byEntity.keySet(), features.readBy(), keys).plan()) {
      stages.add(
          stage(
              planned,
              planned.hasFeatures()
                  ? byEntity.getOrDefault(planned.entity(), List.of())
                  : List.of()));
    }
    return stages;
  }

  private Stage stage(Planned planned, List<Feature> here) {
    int size = judged.size();
    int[] @Nullable [] keyFields = new int[size] @Nullable [];
    int[] keyText = new int[size];
    int[] identityOf = new int[size];
    // Those of silences have none.
    Arrays.fill(keyText, -1);
    Arrays.fill(identityOf, -1);
    long[] dedupeMs = new long[size];
    long outOfOrderMs = 0;
    int identities = 0;
    for (StreamSchema stream : streams) {
      int ordinal = stream.ordinal();
      boolean checked = planned.checked().contains(stream);
      if (checked || (planned.hasFeatures() && keys.visits(stream, planned.entity()))) {
        int[] fields = keys.of(stream, planned.entity());
        keyFields[ordinal] = fields;
        boolean isText = fields.length == 1 && stream.type(fields[0]) == FieldType.STRING;
        keyText[ordinal] = isText ? fields[0] : -1;
        outOfOrderMs = Math.max(outOfOrderMs, stream.definition().outOfOrderMs());
      }
      identityOf[ordinal] = checked ? identities++ : -1;
      dedupeMs[ordinal] = stream.definition().dedupeMs();
    }
    FeatureCompiler compiler = new FeatureCompiler(judged);
    if (planned.hasFeatures()) {
      tables.of(planned.entity()).forEach(table -> compiler.add(table, tables.deletionOf(table)));
    }
    for (Feature feature : here) {
      FeatureDefinition of = feature.definition();
      compiler.add(
          feature,
          features.filter(feature, of.where()),
          features.filter(feature, of.condition()),
          features.slotsReadBy(feature));
    }
    EntityFeatures compiled = compiler.compile(outOfOrderMs);
    List<String> followed = planned.hasFeatures() ? planned.entity() : List.of();
    List<SilenceStream> silences = patterns.silencesOf(followed);
    return new Stage(
        planned.name(),
        compiled,
        patterns.of(followed, compiled.registers(), features.firstSlots(), outOfOrderMs),
        silences,
        silences.isEmpty() ? -1 : slots++,
        keyFields,
        keyText,
        identityOf,
        dedupeMs,
        identities);
  }
}
