package io.vigia.server;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document, and whether answers are as it says. */
final class ApiDocument {
  private static final String IRI = "https://vigia.test/openapi.json";
  private static final String TEXT = read();
  private static final JsonObject DOCUMENT = new JsonObject(TEXT);
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(IRI, TEXT)));

  private ApiDocument() {}

  static JsonObject document() {
    return DOCUMENT;
  }

  /** The operations as {@code GET /v1/decisions}. */
  static Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    JsonObject paths = DOCUMENT.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
      }
    }
    return operations;
  }

  /** Checks an answer to one of the document's operations; others are passed over. */
  static void check(String method, String path, HttpResponse<String> response) {
    String template = template(path);
    JsonObject operation =
        DOCUMENT
            .getJsonObject("paths")
            .getJsonObject(template, new JsonObject())
            .getJsonObject(method.toLowerCase(Locale.ROOT));
    if (operation == null) {
      return;
    }
    String status = Integer.toString(response.statusCode());
    String place =
        "/paths/"
            + escaped(template)
            + "/"
            + method.toLowerCase(Locale.ROOT)
            + "/responses/"
            + status;
    JsonObject answer = operation.getJsonObject("responses").getJsonObject(status);
    if (answer == null) {
      throw new AssertionError(method + " " + path + ": status " + status + " is not described");
    }
    if (answer.containsKey("$ref")) {
      place = answer.getString("$ref").substring(1);
      answer =
          DOCUMENT
              .getJsonObject("components")
              .getJsonObject("responses")
              .getJsonObject(place.substring(place.lastIndexOf('/') + 1));
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!answer.getJsonObject("content").containsKey(type)) {
      throw new AssertionError(method + " " + path + ": " + type + " is not described");
    }
    if (type.endsWith("json") && !type.endsWith("ndjson")) {
      List<Error> faults =
          validate(place + "/content/" + escaped(type) + "/schema", response.body());
      if (!faults.isEmpty()) {
        throw new AssertionError(method + " " + path + ": " + faults + "\n" + response.body());
      }
    }
  }

  /** What is wrong with JSON by the schema at a place of the document. */
  static List<Error> validate(String place, String json) {
    Schema schema = SCHEMAS.getSchema(SchemaLocation.of(IRI + "#" + place));
    return schema.validate(json, InputFormat.JSON);
  }

  /** The examples of the named schemas that are no good by their own schema. */
  static List<String> badExamples() {
    List<String> bad = new ArrayList<>();
    JsonObject schemas = DOCUMENT.getJsonObject("components").getJsonObject("schemas");
    for (String name : schemas.fieldNames()) {
      var examples = schemas.getJsonObject(name).getJsonArray("examples");
      for (int i = 0; examples != null && i < examples.size(); i++) {
        String example = examples.getJsonObject(i).encode();
        List<Error> faults = validate("/components/schemas/" + name, example);
        if (!faults.isEmpty()) {
          bad.add(name + ": " + faults);
        }
      }
    }
    return bad;
  }

  private static String template(String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    return plain
        .replaceFirst("^/v1/streams/[^/]+/", "/v1/streams/{stream}/")
        .replaceFirst("^/v1/decisions/[^/]+$", "/v1/decisions/{id}");
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
  }

  private static String read() {
    try (InputStream document = Routes.class.getResourceAsStream("openapi.json")) {
      if (document == null) {
        throw new IllegalStateException("no openapi.json");
      }
      return new String(document.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
