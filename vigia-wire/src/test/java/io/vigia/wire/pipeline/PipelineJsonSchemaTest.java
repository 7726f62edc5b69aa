package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class PipelineJsonSchemaTest {
  private static final Path COMMITTED = Path.of("..", "vigia.schema.json");
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(PipelineJsonSchema.json(), InputFormat.JSON);

  @Test
  void json_committedFile_isEqual() throws IOException {
    if (GoldenFile.isUpdate()) {
      Files.writeString(COMMITTED, PipelineJsonSchema.json());
    }
    assertEquals(
        PipelineJsonSchema.json(),
        Files.readString(COMMITTED),
        "-Dvigia.golden.update=true writes it anew");
  }

  @Test
  void json_itself_isASchemaOfItsDraft() throws IOException {
    Schema metaschema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));
    assertEquals(List.of(), metaschema.validate(MAPPER.readTree(PipelineJsonSchema.json())));
  }

  /** Everything that the reader takes. */
  static Stream<String> acceptedFiles() {
    return Stream.concat(
        Stream.of(DesignExample.BUILT, ownExample()),
        GoldenFile.all("pipeline").stream()
            .filter(golden -> Reading.of(golden.input()).definition().isPresent())
            .map(golden -> new String(golden.input(), StandardCharsets.UTF_8)));
  }

  private static String ownExample() {
    return """
    vigia: 1
    pipeline: shop
    streams:
      orders:
        id: line
        time: at
        key: [customer]
        max_age: 7d
        fields:
          customer: {type: int, optional: true}
          at: {type: timestamp, format: M/d/yy H:mm, zone: Europe/London}
          paid: bool?
    features:
      last_one: {on: orders, by: customer, last: [at, paid], exclude_current: true, delay: 0s}
      big: {on: orders, by: [customer], count: true, where: true, over: 1h30m}
    rules:
      - {id: r, when: true, outcome: review, score: -5, mode: shadow}
      - {id: s, when: true, outcome: review, mode: {rollout: 5}, expires: 2027-01-01T10:00:00Z}
      - {id: t, when: true, outcome: review, schedule: {days: sat..mon, from: '22:00', to: '06:00'}, expires: 2027-01-01}
    match: first
    outcomes: [allow, review]
    lists:
    alerts:
      desk: {outcomes: review, cooldown: 0s}
    tests:
      - name: t
        given:
          - orders: {customer: 4, at: 2026-01-01 08:00, paid: null}
            at: 0s
            times: 2
            every: 5s
        expect:
          o1: review
          o2: {outcome: review, rules: [], score: 0, reasons: [''], features: {big: null}}
    """;
  }

  @ParameterizedTest
  @MethodSource("acceptedFiles")
  void schema_fileThatTheReaderTakes_isAccepted(String file) {
    assertEquals(List.of(), validate(file));
  }

  @Test
  void schema_examples_areAccepted() throws IOException {
    if (Files.isDirectory(EXAMPLES)) {
      try (Stream<Path> files = Files.walk(EXAMPLES, 2)) {
        for (Path file : files.filter(f -> f.endsWith("pipeline.yaml")).toList()) {
          assertEquals(List.of(), validate(Files.readString(file)), file.toString());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad-durations",
        "bad-numbers",
        "bad-choices",
        "bad-names",
        "bad-rule-times",
        "bad-topics",
        "bad-types",
        "conflicting-words",
        "empty-streams",
        "missing-values",
        "missing-words",
        "not-built",
        "over-limit",
        "reserved-names",
        "unknown-words",
        "wrong-shapes",
        "wrong-shapes-in-rules",
        "yaml-a-list-at-the-top",
        "yaml-no-mapping"
      })
  void schema_brokenFile_isRefused(String name) {
    GoldenFile broken =
        GoldenFile.all("pipeline").stream()
            .filter(g -> g.toString().equals(name))
            .findFirst()
            .orElseThrow();
    String file = new String(broken.input(), StandardCharsets.UTF_8);
    assertFalse(validate(file).isEmpty(), name);
  }

  @Test
  void schema_everyBuiltWord_isDescribed() throws IOException {
    checkDescribed(MAPPER.readTree(PipelineJsonSchema.json()), "");
  }

  private static void checkDescribed(JsonNode schema, String path) {
    schema
        .path("properties")
        .properties()
        .forEach(
            word -> {
              String name = path + "/" + word.getKey();
              assertFalse(word.getValue().path("description").asText().isBlank(), name);
              checkDescribed(word.getValue(), name);
            });
    for (String inner : List.of("additionalProperties", "items")) {
      if (schema.path(inner).isObject()) {
        checkDescribed(schema.get(inner), path + "/" + inner);
      }
    }
    schema.path("anyOf").forEach(choice -> checkDescribed(choice, path));
  }

  /** As an editor does it: YAML 1.2 core to JSON, then the schema. */
  static List<Error> validate(String file) {
    String text = file.startsWith("\ufeff") ? file.substring(1) : file;
    Object tree =
        new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build()).loadFromString(text);
    return SCHEMA.validate(MAPPER.valueToTree(tree));
  }
}
