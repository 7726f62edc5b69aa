package io.vigia.wire.pipeline;

/**
 * A word that can stand in a mapping of the pipeline file.
 *
 * <p><b>Shape.</b> {@code doc} says in a sentence what it means; {@code usual} is what holds
 * without it, or empty; {@code example} is a value; {@code later} is empty, or what to do about a
 * word that is known but not built yet.
 */
record Word(
    String name,
    Shape shape,
    boolean required,
    String doc,
    String usual,
    String example,
    String later) {

  static Word required(String name, Shape shape, String example, String doc) {
    return new Word(name, shape, true, doc, "", example, "");
  }

  static Word optional(String name, Shape shape, String example, String doc) {
    return new Word(name, shape, false, doc, "", example, "");
  }

  /** A word of the language that this version does not build; {@code doc} says what it will be. */
  static Word later(String name, String doc) {
    return later(name, doc, "remove it; " + doc + " will come");
  }

  static Word later(String name, String doc, String help) {
    return new Word(
        name, Shape.Scalar.orNothing(ValueType.Prose.ANYTHING), false, doc, "", "", help);
  }

  /** The same word with what holds when it is left out. */
  Word usually(String value) {
    return new Word(name, shape, required, doc, value, example, later);
  }

  boolean isLater() {
    return !later.isEmpty();
  }

  /** How it is written, {@code over: 5m}. */
  String sample() {
    return name + ": " + example;
  }
}
