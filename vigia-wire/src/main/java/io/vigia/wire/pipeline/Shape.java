package io.vigia.wire.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at a place of the pipeline file.
 *
 * <p>An operation over shapes (checking, the JSON Schema, the reference) is one {@link Visitor}.
 */
sealed interface Shape {
  /** What stands there, as in "must be …": {@code a list of rules}. */
  String noun();

  <R> R accept(Visitor<R> visitor);

  /** One operation, with a method for each shape. */
  interface Visitor<R> {
    R scalar(Scalar shape);

    R list(ListOf shape);

    R words(Words shape);

    R either(Either shape);
  }

  /** A single text; {@code nullable} where none at all has a meaning. */
  record Scalar(ValueType type, boolean nullable) implements Shape {
    static Scalar of(ValueType type) {
      return new Scalar(type, false);
    }

    static Scalar orNothing(ValueType type) {
      return new Scalar(type, true);
    }

    @Override
    public String noun() {
      return type.noun();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.scalar(this);
    }
  }

  /**
   * A list of {@code min} to {@code max} items; with {@code single} an item alone stands for a list
   * of one.
   */
  record ListOf(String noun, Shape item, int min, int max, boolean single) implements Shape {
    static ListOf many(String noun, Shape item, int min, int max) {
      return new ListOf(noun, item, min, max, false);
    }

    static ListOf oneOrMany(String noun, Shape item, int max) {
      return new ListOf(noun, item, 1, max, true);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.list(this);
    }
  }

  /**
   * A mapping: known {@code words}, and {@code free} ones that its author names.
   *
   * <p><b>Shape.</b> {@code kind} is what one of them is called, {@code rule} or {@code stream};
   * {@code titleWord} is the word whose value names it in a list, or null.
   */
  record Words(
      String kind,
      @Nullable String titleWord,
      List<Word> words,
      @Nullable FreeWords free,
      List<Constraint> constraints)
      implements Shape {
    public Words {
      words = List.copyOf(words);
      constraints = List.copyOf(constraints);
    }

    static Words of(String kind) {
      return new Words(kind, null, List.of(), null, List.of());
    }

    Words titledBy(String word) {
      return new Words(kind, word, words, free, constraints);
    }

    Words with(Word... more) {
      List<Word> all = new ArrayList<>(words);
      all.addAll(List.of(more));
      return new Words(kind, titleWord, all, free, constraints);
    }

    Words withFree(FreeWords named) {
      return new Words(kind, titleWord, words, named, constraints);
    }

    Words where(Constraint constraint) {
      List<Constraint> all = new ArrayList<>(constraints);
      all.add(constraint);
      return new Words(kind, titleWord, words, free, all);
    }

    @Nullable Word word(String name) {
      for (Word word : words) {
        if (word.name().equals(name)) {
          return word;
        }
      }
      return null;
    }

    /** The words that can be written now, in their order. */
    Map<String, Word> built() {
      Map<String, Word> built = new LinkedHashMap<>();
      for (Word word : words) {
        if (!word.isLater()) {
          built.put(word.name(), word);
        }
      }
      return built;
    }

    @Override
    public String noun() {
      FreeWords named = free;
      return named != null && words.isEmpty() ? "a mapping of " + named.kind() + "s" : "a mapping";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.words(this);
    }
  }

  /** A text in brief, or a mapping that says more. */
  record Either(Scalar brief, Words full) implements Shape {
    @Override
    public String noun() {
      return full.built().isEmpty() ? brief.noun() : brief.noun() + " or a mapping";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.either(this);
    }
  }

  /**
   * {@code min} to {@code max} entries whose names the author chooses.
   *
   * <p><b>Shape.</b> {@code kind} is what one of the names names, {@code stream}.
   */
  record FreeWords(
      String kind, ValueType name, Shape value, int min, int max, String doc, String example) {}
}
