package io.vigia.wire.pipeline;

import io.vigia.core.problem.ProblemCode;
import io.vigia.wire.pipeline.Shape.FreeWords;
import io.vigia.wire.pipeline.YamlNode.Entry;
import io.vigia.wire.pipeline.YamlNode.Mapping;
import io.vigia.wire.pipeline.YamlNode.Scalar;
import io.vigia.wire.pipeline.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds a file's tree against the grammar: unknown and missing words, wrong shapes, bad values, and
 * conditions that lack their quotes.
 *
 * <p><b>Errors.</b> Everything is checked, whatever was found before; a part in which YAML itself
 * went wrong is passed over.
 */
final class FormChecker {
  private static final Shape.Visitor<Consumer<Check>> CHECKS = new ChecksByShape();

  private final FormReport report;
  private final SplitConditions splits;

  FormChecker(FormReport report) {
    this.report = report;
    this.splits = new SplitConditions(report);
  }

  void check(YamlNode node, Shape shape) {
    check(node, shape, Spot.FILE);
  }

  /**
   * What a value is called in messages, what its entries belong to, the key before it, and how it
   * may be written.
   *
   * <p><b>Shape.</b> {@code 'over' of feature 'x'}; {@code 'fields' of stream 's'}, whose entries
   * are called {@code field 'f' of stream 's'}.
   */
  private record Spot(String title, String owner, String key, String sample) {
    static final Spot FILE = new Spot("the file", "the file", "", "vigia: 1");

    boolean isFile() {
      return equals(FILE);
    }

    /** The value of a known word. */
    Spot word(Word word) {
      String quoted = "'" + word.name() + "'";
      return new Spot(
          isFile() ? quoted : quoted + " of " + title, title, word.name(), word.sample());
    }

    /** The value of a word that the author has named. */
    Spot named(String name, FreeWords free) {
      String named = free.kind() + " " + Quote.of(name);
      String full =
          free.value() instanceof Shape.Words words
              ? words.kind() + " " + Quote.of(name)
              : named + " of " + owner;
      return new Spot(full, full, name, free.example());
    }

    /** An item of a list: {@code rule 'listed'}, {@code event 2 of …}. */
    Spot item(YamlNode item, Shape shape, int index) {
      if (!(shape instanceof Shape.Words words)) {
        String full = "a value of " + title;
        return new Spot(full, full, "", "");
      }
      String word = words.titleWord();
      String name = word != null && item instanceof Mapping mapping ? mapping.text(word) : null;
      String ordinal = words.kind() + " " + (index + 1);
      String full =
          name != null && !name.isBlank()
              ? words.kind() + " " + Quote.of(name)
              : word != null ? ordinal : ordinal + " of " + owner;
      return new Spot(full, full, "", "");
    }
  }

  private void check(YamlNode node, Shape shape, Spot spot) {
    if (!(node instanceof YamlNode.Broken)) {
      shape.accept(CHECKS).accept(new Check(node, spot));
    }
  }

  /** Which check a shape asks for. */
  private static final class ChecksByShape implements Shape.Visitor<Consumer<Check>> {
    @Override
    public Consumer<Check> scalar(Shape.Scalar shape) {
      return check -> check.scalar(shape);
    }

    @Override
    public Consumer<Check> list(Shape.ListOf shape) {
      return check -> check.list(shape);
    }

    @Override
    public Consumer<Check> words(Shape.Words shape) {
      return check -> check.words(shape);
    }

    @Override
    public Consumer<Check> either(Shape.Either shape) {
      return check -> check.either(shape);
    }
  }

  /** The check of one value. */
  private final class Check {
    private final YamlNode node;
    private final Spot spot;

    Check(YamlNode node, Spot spot) {
      this.node = node;
      this.spot = spot;
    }

    void scalar(Shape.Scalar shape) {
      if (!(node instanceof Scalar scalar)) {
        notScalar(shape);
      } else if (shape.nullable() && scalar.isNull()) {
        return;
      } else if (scalar.text().isBlank() && !shape.nullable()) {
        empty(shape);
      } else {
        shape
            .type()
            .complaint(scalar.text())
            .ifPresent(complaint -> report.add(complaint, scalar.start()));
      }
    }

    private void notScalar(Shape.Scalar shape) {
      boolean flow = node instanceof Mapping mapping ? mapping.flow() : ((Sequence) node).flow();
      if (flow && shape.type().isProse()) {
        splits.reportBracketed(node, spot.key, shape.type().isCondition());
      } else {
        wrong(shape);
      }
    }

    private void empty(Shape shape) {
      report.add(
          ProblemCode.WRONG_SHAPE, report.beginning(node), spot.title + " is empty", hint(shape));
    }

    private void wrong(Shape shape) {
      report.add(
          ProblemCode.WRONG_SHAPE,
          node.start(),
          spot.title + " must be " + shape.noun() + ", found " + found(),
          hint(shape));
    }

    private String hint(Shape shape) {
      if (!spot.sample.isEmpty()) {
        return "for example " + spot.sample;
      }
      return shape instanceof Shape.Words words
          ? "expected the words " + String.join(", ", words.built().keySet())
          : "";
    }

    private String found() {
      if (node instanceof Scalar scalar) {
        return "the text " + Quote.of(scalar.value());
      }
      return node instanceof Sequence ? "a list" : "a mapping";
    }

    /** A section of which everything was removed or commented out is empty rather than wrong. */
    private boolean isNothing() {
      return node instanceof Scalar scalar && scalar.isNull();
    }

    void list(Shape.ListOf shape) {
      if (node instanceof Sequence sequence) {
        items(sequence, shape);
      } else if (isNothing()) {
        atLeast(shape.min(), 0, shape);
      } else if (shape.single() && node instanceof Scalar) {
        check(node, shape.item(), spot);
      } else {
        wrong(shape);
      }
    }

    private void atLeast(int min, int found, Shape shape) {
      if (found < min) {
        empty(shape);
      }
    }

    private void items(Sequence sequence, Shape.ListOf shape) {
      List<YamlNode> items = sequence.items();
      if (sequence.complete()) {
        atLeast(shape.min(), items.size(), shape);
      }
      if (items.size() > shape.max()) {
        tooMany(items.get(shape.max()), shape.max(), items.size());
      }
      for (int i = 0; i < items.size(); i++) {
        check(items.get(i), shape.item(), spot.item(items.get(i), shape.item(), i));
      }
    }

    private void tooMany(YamlNode at, int max, int found) {
      report.add(
          ProblemCode.OVER_LIMIT,
          at.start(),
          spot.title + " has " + found + " entries, at most " + max + " are allowed",
          "");
    }

    void words(Shape.Words shape) {
      FreeWords free = shape.free();
      if (node instanceof Mapping mapping) {
        mapping(mapping, shape);
      } else if (!isNothing()) {
        wrong(shape);
      } else {
        atLeast(free != null && shape.words().isEmpty() ? free.min() : 1, 0, shape);
      }
    }

    void either(Shape.Either shape) {
      if (!(node instanceof Mapping mapping)) {
        check(node, shape.brief(), spot);
      } else if (shape.full().built().isEmpty() && !mentions(mapping, shape.full())) {
        wrong(shape);
      } else {
        check(node, shape.full(), spot);
      }
    }

    private static boolean mentions(Mapping mapping, Shape.Words shape) {
      return mapping.entries().stream().anyMatch(e -> shape.word(e.key().value()) != null);
    }

    private void mapping(Mapping mapping, Shape.Words shape) {
      List<Entry> named = new ArrayList<>();
      FreeWords free = shape.free();
      for (Entry entry : splits.without(mapping, shape)) {
        Word word = shape.word(entry.key().value());
        if (word != null) {
          known(entry, word);
        } else if (free != null) {
          named.add(entry);
        } else {
          unknown(entry.key(), shape, "");
        }
      }
      if (free != null) {
        free(mapping, named, shape, free);
      }
      if (mapping.complete()) {
        missing(mapping, shape);
      }
      shape.constraints().forEach(c -> c.check(mapping, spot.title, report));
    }

    private void known(Entry entry, Word word) {
      Spot value = spot.word(word);
      if (word.isLater()) {
        report.add(
            ProblemCode.NOT_BUILT,
            entry.key().start(),
            value.title + " is not built yet",
            word.later());
        return;
      }
      report.begins(entry.value(), entry.key().start());
      check(entry.value(), word.shape(), value);
    }

    private void unknown(Scalar key, Shape.Words shape, String addition) {
      report.add(
          ProblemCode.UNKNOWN_WORD,
          key.start(),
          "unknown word " + Quote.of(key.value()) + " in " + spot.title + addition,
          report.nearest(key.value(), shape.built().keySet()));
    }

    private void missing(Mapping mapping, Shape.Words shape) {
      for (Word word : shape.words()) {
        if (word.required() && mapping.entry(word.name()) == null) {
          report.add(
              ProblemCode.MISSING_WORD,
              report.beginning(mapping),
              spot.title + " has no '" + word.name() + "'",
              "add it, for example " + word.sample());
        }
      }
    }

    private void free(Mapping mapping, List<Entry> named, Shape.Words shape, FreeWords free) {
      if (named.size() < free.min() && mapping.complete()) {
        tooFewNamed(mapping, shape, free);
      }
      boolean tooMany = named.size() > free.max();
      if (tooMany) {
        tooManyNamed(named, shape, free);
      }
      for (Entry entry : tooMany ? named.subList(0, free.max()) : named) {
        free.name()
            .complaint(entry.key().value())
            .ifPresent(complaint -> report.add(complaint, entry.key().start()));
        report.begins(entry.value(), entry.key().start());
        check(entry.value(), free.value(), spot.named(entry.key().value(), free));
      }
    }

    private void tooFewNamed(Mapping mapping, Shape.Words shape, FreeWords free) {
      if (shape.words().isEmpty()) {
        empty(shape);
      } else {
        report.add(
            ProblemCode.MISSING_WORD,
            report.beginning(mapping),
            spot.title + " names no " + free.kind(),
            "for example " + free.example());
      }
    }

    private void tooManyNamed(List<Entry> named, Shape.Words shape, FreeWords free) {
      Scalar first = named.get(free.max()).key();
      if (free.max() > 1) {
        tooMany(first, free.max(), named.size());
      } else {
        String taken = Quote.of(named.get(0).key().value());
        unknown(first, shape, ", which already names the " + free.kind() + " " + taken);
      }
    }
  }
}
