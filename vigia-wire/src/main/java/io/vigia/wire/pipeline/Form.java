package io.vigia.wire.pipeline;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import io.vigia.wire.pipeline.YamlNode.Entry;
import io.vigia.wire.pipeline.YamlNode.Mapping;
import io.vigia.wire.pipeline.YamlNode.Scalar;
import io.vigia.wire.pipeline.YamlNode.Sequence;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mapping in which nothing is wrong any more, read word by word.
 *
 * <p><b>Errors.</b> The form must have been checked; what does not fit the grammar throws.
 */
record Form(Mapping mapping, SourceText source, Texts texts) {
  private static final Mapping EMPTY = new Mapping(List.of(), false, true, 0, 0);

  static Form of(YamlNode node, SourceText source) {
    return new Form((Mapping) node, source, new Texts(source));
  }

  private Form inside(@Nullable YamlNode node) {
    return new Form(node instanceof Mapping found ? found : EMPTY, source, texts);
  }

  boolean has(String word) {
    return mapping.entry(word) != null;
  }

  Place place() {
    return source.place(mapping.start());
  }

  /** The text of a required word. */
  Text text(String word) {
    return Objects.requireNonNull(textOrNull(word), word);
  }

  @Nullable Text textOrNull(String word) {
    return mapping.find(word) instanceof Scalar scalar ? texts.of(scalar) : null;
  }

  /** The condition of a required word. */
  Text condition(String word) {
    return Objects.requireNonNull(conditionOrNull(word), word);
  }

  @Nullable Text conditionOrNull(String word) {
    return mapping.find(word) instanceof Scalar scalar ? texts.condition(scalar) : null;
  }

  /** The texts of a list, or of a single value that stands for one; none without the word. */
  List<Text> texts(String word) {
    YamlNode node = mapping.find(word);
    if (node instanceof Sequence sequence) {
      return sequence.items().stream().map(item -> texts.of((Scalar) item)).toList();
    }
    return node instanceof Scalar scalar && !scalar.isNull()
        ? List.of(texts.of(scalar))
        : List.of();
  }

  boolean isList(String word) {
    return mapping.find(word) instanceof Sequence;
  }

  /** The milliseconds of a duration. */
  long ms(String word, long usual) {
    String text = mapping.text(word);
    return text == null ? usual : DurationValue.ms(text);
  }

  boolean flag(String word) {
    return "true".equals(mapping.text(word));
  }

  long whole(String word, long usual) {
    String text = mapping.text(word);
    return text == null ? usual : ValueType.Whole.number(text);
  }

  /** The mapping behind a word; an empty one without it. */
  Form form(String word) {
    return inside(mapping.find(word));
  }

  /** The mappings of a list; none without the word. */
  List<Form> forms(String word) {
    return mapping.find(word) instanceof Sequence sequence
        ? sequence.items().stream().map(this::inside).toList()
        : List.of();
  }

  /** Every entry, its key as a text. */
  List<Named> named() {
    return mapping.entries().stream().map(this::named).toList();
  }

  private Named named(Entry entry) {
    return new Named(texts.of(entry.key()), entry.value(), inside(entry.value()));
  }

  /**
   * An entry whose name the author has chosen.
   *
   * <p><b>Shape.</b> {@code form} is the mapping behind it, empty where a text stands.
   */
  record Named(Text name, YamlNode value, Form form) {
    /** The text behind it, or null for none or for a mapping. */
    @Nullable Text text() {
      return value instanceof Scalar scalar && !scalar.isNull() ? form.texts().of(scalar) : null;
    }

    boolean isBrief() {
      return value instanceof Scalar;
    }

    Place place() {
      return form.source().place(value.start());
    }
  }
}
