package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.event.FieldType;
import io.vigia.core.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The type of a field, {@code string}, or {@code string?} where {@code optional} allows the
 * question mark; or of a list's values, which cannot be bool.
 */
record FieldTypeValue(boolean optional, boolean bool) implements ValueType {
  /** What other systems call our types. */
  private static final Map<String, FieldType> SYNONYMS =
      Map.ofEntries(
          Map.entry("integer", FieldType.INT),
          Map.entry("long", FieldType.INT),
          Map.entry("bigint", FieldType.INT),
          Map.entry("int64", FieldType.INT),
          Map.entry("int32", FieldType.INT),
          Map.entry("float", FieldType.DOUBLE),
          Map.entry("real", FieldType.DOUBLE),
          Map.entry("number", FieldType.DOUBLE),
          Map.entry("numeric", FieldType.DECIMAL),
          Map.entry("money", FieldType.DECIMAL),
          Map.entry("bigdecimal", FieldType.DECIMAL),
          Map.entry("boolean", FieldType.BOOL),
          Map.entry("text", FieldType.STRING),
          Map.entry("str", FieldType.STRING),
          Map.entry("varchar", FieldType.STRING),
          Map.entry("uuid", FieldType.STRING),
          Map.entry("time", FieldType.TIMESTAMP),
          Map.entry("date", FieldType.TIMESTAMP),
          Map.entry("datetime", FieldType.TIMESTAMP),
          Map.entry("instant", FieldType.TIMESTAMP));

  static FieldTypeValue ofField() {
    return new FieldTypeValue(true, true);
  }

  static FieldTypeValue ofList() {
    return new FieldTypeValue(false, false);
  }

  /** The type that a checked text names. */
  static FieldType type(String text) {
    return FieldType.valueOf(withoutMark(text).toUpperCase(Locale.ROOT));
  }

  static boolean isOptional(String text) {
    return text.endsWith("?");
  }

  private static String withoutMark(String text) {
    return isOptional(text) ? text.substring(0, text.length() - 1) : text;
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    for (FieldType type : FieldType.values()) {
      if (bool || type != FieldType.BOOL) {
        words.add(type.word());
      }
    }
    return words;
  }

  @Override
  public String noun() {
    return "a type";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    String word = withoutMark(text);
    if (words().contains(word) && (optional || !isOptional(text))) {
      return Optional.empty();
    }
    return Optional.of(
        Complaint.badValue("expected a type, found " + Quote.of(text), help(word, text)));
  }

  private String help(String word, String text) {
    FieldType meant = SYNONYMS.get(word.toLowerCase(Locale.ROOT));
    if (meant != null) {
      return "write " + meant.word() + (optional && isOptional(text) ? "?" : "");
    }
    return words().contains(word) ? "write " + word : Nearest.help(word, words());
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    words().forEach(schema.withArray("enum")::add);
    if (optional) {
      words().forEach(word -> schema.withArray("enum").add(word + "?"));
    }
    return schema;
  }
}
