package io.vigia.wire.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of pipeline files, by which editors complete, explain and check them.
 *
 * <p><b>Shape.</b> Draft 2020-12. It follows from the grammar; words that are known but not built
 * yet are left out. It cannot say everything that the reader checks: names that must exist,
 * patterns of time.
 */
public final class PipelineJsonSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PipelineJsonSchema() {}

  /** The schema, indented, with a line feed at its end. */
  public static String json() {
    ObjectNode schema =
        NODES
            .objectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "Vigia pipeline")
            .put(
                "description",
                "A pipeline of Vigia: streams, features, rules and what they decide.");
    schema.setAll(PipelineGrammar.FILE.accept(new Writer()));
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(indenter)
            .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
    try {
      return MAPPER.writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can be written", e);
    }
  }

  private static final class Writer implements Shape.Visitor<ObjectNode> {
    @Override
    public ObjectNode scalar(Shape.Scalar shape) {
      ObjectNode schema = shape.type().schema();
      return shape.nullable() ? orNull(schema) : schema;
    }

    private static ObjectNode orNull(ObjectNode schema) {
      JsonNode type = schema.get("type");
      ArrayNode types = NODES.arrayNode();
      if (type instanceof ArrayNode several) {
        types.addAll(several);
      } else {
        types.add(type);
      }
      return schema.set("type", types.add("null"));
    }

    @Override
    public ObjectNode list(Shape.ListOf shape) {
      ObjectNode list = NODES.objectNode().put("type", "array");
      list.set("items", shape.item().accept(this));
      if (shape.min() > 0) {
        list.put("minItems", shape.min());
      }
      list.put("maxItems", shape.max());
      if (!shape.single()) {
        return shape.min() == 0 ? orNull(list) : list;
      }
      ObjectNode either = NODES.objectNode();
      either.withArray("anyOf").add(shape.item().accept(this)).add(list);
      return either;
    }

    @Override
    public ObjectNode words(Shape.Words shape) {
      ObjectNode mapping = NODES.objectNode().put("type", "object");
      for (Word word : shape.built().values()) {
        ObjectNode value = word.shape().accept(this);
        describe(value, word);
        mapping.withObjectProperty("properties").set(word.name(), value);
        if (word.required()) {
          mapping.withArray("required").add(word.name());
        }
      }
      Shape.FreeWords free = shape.free();
      if (free == null) {
        mapping.put("additionalProperties", false);
      } else {
        free(mapping, shape, free);
      }
      shape.constraints().forEach(constraint -> constraint.addTo(mapping));
      boolean mayBeEmpty = free != null && free.min() == 0 && shape.words().isEmpty();
      return mayBeEmpty ? orNull(mapping) : mapping;
    }

    private void free(ObjectNode mapping, Shape.Words shape, Shape.FreeWords free) {
      ObjectNode value = free.value().accept(this);
      if (!value.has("description")) {
        value.put("description", free.doc());
      }
      mapping.set("additionalProperties", value);
      int known = shape.built().size();
      if (known == 0) {
        mapping.set("propertyNames", free.name().schema());
      }
      mapping.put("minProperties", free.min());
      mapping.put("maxProperties", free.max() + known);
    }

    private static void describe(ObjectNode value, Word word) {
      value.put("description", word.doc());
      if (!word.usual().isEmpty()) {
        value.put("description", word.doc() + " Without it: " + word.usual() + ".");
      }
    }

    @Override
    public ObjectNode either(Shape.Either shape) {
      if (shape.full().built().isEmpty()) {
        return shape.brief().accept(this);
      }
      ObjectNode either = NODES.objectNode();
      either.withArray("anyOf").add(shape.brief().accept(this)).add(shape.full().accept(this));
      return either;
    }
  }
}
