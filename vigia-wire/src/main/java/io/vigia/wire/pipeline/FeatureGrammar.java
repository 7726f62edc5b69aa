package io.vigia.wire.pipeline;

import static io.vigia.wire.pipeline.CommonShapes.CONDITION;
import static io.vigia.wire.pipeline.CommonShapes.DURATION;

import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.CalendarUnit;
import io.vigia.wire.pipeline.Shape.Either;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Choice;
import io.vigia.wire.pipeline.ValueType.Prose;
import io.vigia.wire.pipeline.ValueType.Whole;
import java.util.Arrays;
import java.util.List;

/** The words of a feature; a part of {@link PipelineGrammar}. */
final class FeatureGrammar {
  /** How far back {@code usual} looks where the file does not say. */
  static final int USUAL_DAYS = 28;

  private static final Scalar FIELD = Scalar.of(Prose.reference("the name of a field"));
  private static final Shape FIELDS = ListOf.oneOrMany("a field or a list of fields", FIELD, 16);
  private static final Scalar VALUE =
      Scalar.of(Prose.reference("the name of a field or of a feature"));
  private static final Shape VALUES =
      ListOf.oneOrMany("a field or a feature, or a list of them", VALUE, 16);

  private static final List<String> AGGREGATIONS =
      Arrays.stream(Aggregation.values()).map(Aggregation::word).toList();

  private static final Word OF = Word.required("of", VALUE, "amount", "The field it is taken of.");

  private static final Word[] OVER_A_FIELD = {
    Word.optional(
        "count",
        Scalar.of(new Choice("true", List.of("true"), "write count: true, or another aggregation")),
        "true",
        "How many events."),
    Word.optional("sum", VALUE, "amount", "The exact sum of a field or feature."),
    Word.optional("mean", VALUE, "amount", "The mean of a field or feature."),
    Word.optional("min", VALUE, "amount", "The smallest value of a field or feature."),
    Word.optional("max", VALUE, "amount", "The largest value of a field or feature."),
    Word.optional(
        "count_distinct",
        new Either(
            VALUE,
            Words.of("count_distinct")
                .with(
                    OF,
                    Word.optional(
                            "sketch",
                            Scalar.of(new Whole(512, 100_000)),
                            "1000",
                            "Counts exactly up to so many different values, and about beyond.")
                        .usually("exact"))),
        "country",
        "How many different values of a field or feature."),
    Word.optional("first", VALUES, "country", "A field, or several, of the oldest event."),
    Word.optional("last", VALUES, "country", "A field, or several, of the newest event."),
    Word.optional(
        "previous",
        VALUES,
        "[country, created_at]",
        "A field, or several, of the newest event before the current one."),
    Word.optional("variance", VALUE, "amount", "The sample variance of a field or feature."),
    Word.optional("stddev", VALUE, "amount", "The sample standard deviation of a field or feature.")
  };

  private static final Word[] WITH_MORE = {
    Word.optional("rate", DURATION, "1m", "How many events in each such time of the window."),
    Word.optional(
        "ratio",
        CONDITION,
        "'event.amount > 100.0'",
        "The part of the events that fulfil a condition, from 0 to 1."),
    Word.optional(
        "percentile",
        Words.of("percentile")
            .with(
                OF,
                Word.required(
                    "p",
                    Scalar.of(new PercentValue()),
                    "95",
                    "So many of a hundred values are not larger.")),
        "{of: amount, p: 95}",
        "A percentile of a field or feature, by the nearest rank."),
    Word.optional(
        "top",
        new Either(
            VALUE,
            Words.of("top")
                .with(
                    OF,
                    Word.optional(
                            "places",
                            Scalar.of(new Whole(1, 10)),
                            "3",
                            "How many of the most frequent values.")
                        .usually("1"))),
        "country",
        "The most frequent values of a field or feature, with their counts and shares."),
    Word.optional(
        "ewma",
        Words.of("ewma")
            .with(
                OF,
                Word.required(
                    "half_life", DURATION, "1h", "After how long an event weighs half as much.")),
        "{of: amount, half_life: 1h}",
        "A mean of a field or feature in which older events weigh less."),
    Word.optional(
        "usual",
        new Either(
            Scalar.of(Choice.of("count or a mapping", "count")),
            Words.of("usual")
                .with(
                    Word.optional(
                        "sum", VALUE, "amount", "The field whose sum is compared, not the count."),
                    Word.optional(
                            "days",
                            Scalar.of(new Whole(7, 366)),
                            "28",
                            "How many days of the past are compared.")
                        .usually("" + USUAL_DAYS))),
        "count",
        "The current hour or day against the same ones of the entity's past.")
  };

  private static final Word[] WINDOWS = {
    Word.optional(
            "over",
            new Either(
                Scalar.of(DurationValue.positive()),
                Words.of("window")
                    .with(
                        Word.required(
                            "events",
                            Scalar.of(new Whole(1, 1_000_000)),
                            "10",
                            "The window: so many events, the current one included."))),
            "1h",
            "The window: events at most this old, the current one included.")
        .usually("everything since the beginning"),
    Word.optional(
        "each",
        Scalar.of(
            Choice.of(
                "hour, day, week or month",
                Arrays.stream(CalendarUnit.values())
                    .map(CalendarUnit::word)
                    .toArray(String[]::new))),
        "day",
        "The window: since the beginning of the current hour, day, week or month."),
    Word.optional(
            "zone",
            Scalar.of(new ZoneValue()),
            "Europe/Madrid",
            "The time zone in which hours and days begin.")
        .usually("UTC"),
    Word.optional(
        "session",
        DURATION,
        "30m",
        "The window: back to the last pause that was at least this long."),
    Word.optional(
            "resolution",
            DURATION,
            "1h",
            "Lets a long window begin up to so much earlier, so that events of one such time are"
                + " kept as one.")
        .usually("exact")
  };

  static final Words FEATURE =
      Words.of("feature")
          .with(
              Word.required(
                  "on",
                  Scalar.of(Prose.reference("the name of a stream")),
                  "payments",
                  "The stream that feeds it."),
              Word.required("by", FIELDS, "card", "The entity: the field or fields that name it."))
          .with(OVER_A_FIELD)
          .with(WITH_MORE)
          .with(
              Word.optional(
                  "where",
                  CONDITION,
                  "'event.amount > 100.0'",
                  "Which events count: a condition over the event, in CEL."))
          .with(WINDOWS)
          .with(
              Word.optional(
                      "delay",
                      Scalar.of(DurationValue.orZero()),
                      "7d",
                      "Moves the window back by this much, for facts that are known late.")
                  .usually("0s"),
              Word.optional(
                      "exclude_current",
                      Scalar.of(Choice.flag()),
                      "true",
                      "Leaves the current event out of the window.")
                  .usually("false"))
          .where(new Constraint.ExactlyOne("feature", "aggregation", AGGREGATIONS, List.of()))
          .where(new Constraint.AtMostOne("window", List.of("over", "each", "session")))
          .where(new Constraint.Needs("zone", "each"))
          .where(new Constraint.Needs("resolution", "over"));

  private FeatureGrammar() {}
}
