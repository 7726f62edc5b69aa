package io.vigia.wire.pipeline;

import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.ValueType.Condition;
import io.vigia.wire.pipeline.ValueType.Prose;

/** The shapes that words of several sections have. */
final class CommonShapes {
  static final Shape DURATION = Scalar.of(DurationValue.positive());
  static final Shape DURATION_OR_ZERO = Scalar.of(DurationValue.orZero());
  static final Shape CONDITION = Scalar.of(new Condition());
  static final Shape STREAM_REFERENCE = Scalar.of(Prose.reference("the name of a stream"));
  static final Shape FIELD_REFERENCE = Scalar.of(Prose.reference("the name of a field"));
  static final Shape OUTCOME_REFERENCE = Scalar.of(Prose.reference("an outcome"));

  /** One or several. */
  static final Shape FIELD_REFERENCES =
      ListOf.oneOrMany("a field or a list of fields", FIELD_REFERENCE, 16);

  private CommonShapes() {}
}
