package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** What must hold between the words of a mapping, beyond each word for itself. */
interface Constraint {
  /** Reports where {@code mapping}, which is called {@code title}, does not keep to it. */
  void check(YamlNode.Mapping mapping, String title, FormReport report);

  /** Adds to the JSON Schema of the mapping what it can express. */
  default void addTo(ObjectNode schema) {}

  /**
   * Exactly one of {@code words}; with one of {@code later} nothing more is said.
   *
   * <p><b>Shape.</b> {@code kind} is what has them, {@code noun} what they are.
   */
  record ExactlyOne(String kind, String noun, List<String> words, List<String> later)
      implements Constraint {
    public ExactlyOne {
      words = List.copyOf(words);
      later = List.copyOf(later);
    }

    @Override
    public void check(YamlNode.Mapping mapping, String title, FormReport report) {
      List<YamlNode.Scalar> found = new ArrayList<>();
      boolean foundLater = false;
      for (YamlNode.Entry entry : mapping.entries()) {
        if (words.contains(entry.key().value())) {
          found.add(entry.key());
        }
        foundLater |= later.contains(entry.key().value());
      }
      if (found.isEmpty() && !foundLater && mapping.complete()) {
        report.add(
            ProblemCode.MISSING_WORD,
            report.beginning(mapping),
            title + " has no " + noun,
            "add one of " + String.join(", ", words));
      }
      for (int i = 1; i < found.size(); i++) {
        report.add(
            ProblemCode.CONFLICTING_WORDS,
            found.get(i).start(),
            title
                + " has more than one "
                + noun
                + ": "
                + found.get(0).value()
                + " and "
                + found.get(i).value(),
            "keep one, and write a second " + kind + " for the other");
      }
    }

    @Override
    public void addTo(ObjectNode schema) {
      for (String word : words) {
        schema.withArray("oneOf").addObject().withArray("required").add(word);
      }
    }
  }

  /**
   * At least one of {@code words}.
   *
   * <p><b>Shape.</b> {@code noun} is what they are.
   */
  record AtLeastOne(String noun, List<String> words) implements Constraint {
    public AtLeastOne {
      words = List.copyOf(words);
    }

    @Override
    public void check(YamlNode.Mapping mapping, String title, FormReport report) {
      if (mapping.complete() && words.stream().allMatch(word -> mapping.entry(word) == null)) {
        report.add(
            ProblemCode.MISSING_WORD,
            report.beginning(mapping),
            title + " has no " + noun,
            "add " + String.join(" or ", words));
      }
    }

    @Override
    public void addTo(ObjectNode schema) {
      for (String word : words) {
        schema.withArray("anyOf").addObject().withArray("required").add(word);
      }
    }
  }

  /**
   * At most one of {@code words}.
   *
   * <p><b>Shape.</b> {@code noun} is what they are.
   */
  record AtMostOne(String noun, List<String> words) implements Constraint {
    public AtMostOne {
      words = List.copyOf(words);
    }

    @Override
    public void check(YamlNode.Mapping mapping, String title, FormReport report) {
      List<YamlNode.Scalar> found =
          mapping.entries().stream()
              .map(YamlNode.Entry::key)
              .filter(key -> words.contains(key.value()))
              .toList();
      for (YamlNode.Scalar more : found) {
        if (more.value().equals(found.get(0).value())) {
          // A word that stands there twice is told of as that.
          continue;
        }
        report.add(
            ProblemCode.CONFLICTING_WORDS,
            more.start(),
            title
                + " has more than one "
                + noun
                + ": "
                + found.get(0).value()
                + " and "
                + more.value(),
            "keep one");
      }
    }

    @Override
    public void addTo(ObjectNode schema) {
      for (int i = 0; i < words.size(); i++) {
        for (String other : words.subList(i + 1, words.size())) {
          schema
              .withObjectProperty("not")
              .withArray("anyOf")
              .addObject()
              .withArray("required")
              .add(words.get(i))
              .add(other);
        }
      }
    }
  }

  /** {@code word} says nothing without {@code needed}. */
  record Needs(String word, String needed) implements Constraint {
    @Override
    public void check(YamlNode.Mapping mapping, String title, FormReport report) {
      YamlNode.Entry entry = mapping.entry(word);
      if (entry != null && mapping.entry(needed) == null && mapping.complete()) {
        report.add(
            ProblemCode.MISSING_WORD,
            entry.key().start(),
            "'" + word + "' of " + title + " says nothing without '" + needed + "'",
            "add " + needed);
      }
    }

    @Override
    public void addTo(ObjectNode schema) {
      schema.withObjectProperty("dependentRequired").withArray(word).add(needed);
    }
  }
}
