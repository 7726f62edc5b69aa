package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The words of the JSON Schema by their places.
 *
 * <p><b>Shape.</b> {@code streams.*.decide deadline}: a star is a name that the author chooses;
 * words of the file itself have the place {@code file}.
 */
final class SchemaWords {
  private static final Pattern WORD = Pattern.compile("`([a-z_]+)(?:[: ][^`]*)?`");
  private static final Pattern WITHOUT = Pattern.compile("Without it: (.*)[.]$");

  private final JsonNode schema;
  private final Set<String> all = new TreeSet<>();
  private final Map<String, String> usual = new TreeMap<>();

  private SchemaWords(JsonNode schema) {
    this.schema = schema;
    collect(schema, "");
  }

  static SchemaWords read(Path path) {
    try {
      return new SchemaWords(new ObjectMapper().readTree(path.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> all() {
    return all;
  }

  /** What holds without a word, where the schema says so. */
  Map<String, String> usual() {
    return usual;
  }

  /** The words that the first cell of a row is about: those before {@code of}. */
  static List<String> named(String cell) {
    int of = cell.indexOf(" of `");
    return WORD.matcher(of < 0 ? cell : cell.substring(0, of))
        .results()
        .map(word -> word.group(1))
        .toList();
  }

  private static String below(String place, String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private static String word(String place, String name) {
    return (place.isEmpty() ? "file" : place) + " " + name;
  }

  private void collect(JsonNode node, String place) {
    node.path("properties")
        .properties()
        .forEach(
            each -> {
              all.add(word(place, each.getKey()));
              Matcher without = WITHOUT.matcher(each.getValue().path("description").asText());
              if (without.find()) {
                usual.put(word(place, each.getKey()), without.group(1));
              }
              collect(each.getValue(), below(place, each.getKey()));
            });
    if (node.path("additionalProperties").isObject()) {
      collect(node.get("additionalProperties"), below(place, "*"));
    }
    if (node.has("items")) {
      collect(node.get("items"), place);
    }
    node.path("anyOf").forEach(either -> collect(either, place));
  }

  /** The words that a file uses. */
  Set<String> usedIn(String yaml) {
    Set<String> used = new TreeSet<>();
    use(schema, new Load(LoadSettings.builder().build()).loadFromString(yaml), "", used);
    return used;
  }

  private void use(JsonNode node, @Nullable Object value, String place, Set<String> used) {
    node.path("anyOf").forEach(either -> use(either, value, place, used));
    if (value instanceof List<?> list) {
      JsonNode item = node.has("items") ? node.get("items") : node;
      list.forEach(each -> use(item, each, place, used));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> {
            String name = String.valueOf(key);
            JsonNode known = node.path("properties").path(name);
            if (!known.isMissingNode()) {
              used.add(word(place, name));
              use(known, inner, below(place, name), used);
            } else if (node.path("additionalProperties").isObject()) {
              use(node.get("additionalProperties"), inner, below(place, "*"), used);
            }
          });
    }
  }
}
