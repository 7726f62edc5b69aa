package io.vigia.wire.pipeline;

import io.vigia.wire.pipeline.Shape.FreeWords;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Prose;
import java.util.List;

/** The words by which a test changes lists. */
final class ListEditGrammar {
  static final String LISTS = "lists";

  private static final Shape VALUES =
      ListOf.oneOrMany("a value or a list of values", Scalar.of(Prose.ANYTHING), 1_000);

  private static final Words EDIT =
      Words.of("change")
          .with(
              Word.optional("add", VALUES, "c1", "What is put into the list."),
              Word.optional("remove", VALUES, "c9", "What is taken out of it."),
              Word.optional(
                      "for",
                      Scalar.of(DurationValue.positive()),
                      "1h",
                      "How long that counts, in event time.")
                  .usually("for ever"))
          .where(
              new Constraint.ExactlyOne(
                  "change", "value to add or remove", List.of("add", "remove"), List.of()));

  static final Word WORD =
      Word.optional(
          LISTS,
          Words.of("lists")
              .withFree(
                  new FreeWords(
                      "list",
                      Prose.reference("the name of a list"),
                      EDIT,
                      1,
                      500,
                      "What is changed about a list.",
                      "blocked_cards: {add: c1, for: 1h}")),
          "{blocked_cards: {add: c1, for: 1h}}",
          "Instead of an event: lists are changed, as `vigia lists` does while a pipeline runs.");

  private ListEditGrammar() {}
}
