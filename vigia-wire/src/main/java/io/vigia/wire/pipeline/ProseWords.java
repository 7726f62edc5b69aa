package io.vigia.wire.pipeline;

import java.util.Set;
import java.util.TreeSet;

/** Gathers the words of a grammar whose value is a condition, or a sentence. */
final class ProseWords implements Shape.Visitor<Set<String>> {
  private final boolean conditions;

  private ProseWords(boolean conditions) {
    this.conditions = conditions;
  }

  static Set<String> in(Shape shape, boolean conditions) {
    return shape.accept(new ProseWords(conditions));
  }

  @Override
  public Set<String> scalar(Shape.Scalar shape) {
    return Set.of();
  }

  @Override
  public Set<String> list(Shape.ListOf shape) {
    return shape.item().accept(this);
  }

  @Override
  public Set<String> words(Shape.Words shape) {
    Set<String> found = new TreeSet<>();
    for (Word word : shape.words()) {
      if (word.shape() instanceof Shape.Scalar scalar
          && scalar.type().isProse()
          && scalar.type().isCondition() == conditions) {
        found.add(word.name());
      }
      found.addAll(word.shape().accept(this));
    }
    Shape.FreeWords free = shape.free();
    if (free != null) {
      found.addAll(free.value().accept(this));
    }
    return found;
  }

  @Override
  public Set<String> either(Shape.Either shape) {
    return shape.full().accept(this);
  }
}
