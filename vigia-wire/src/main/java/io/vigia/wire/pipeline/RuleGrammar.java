package io.vigia.wire.pipeline;

import io.vigia.wire.pipeline.Shape.Either;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Choice;
import io.vigia.wire.pipeline.ValueType.Whole;

/** The words by which a rule says when, and for whom, it decides. */
final class RuleGrammar {
  static final Word MODE =
      Word.optional(
              "mode",
              new Either(
                  Scalar.of(Choice.of("live or shadow", "live", "shadow")),
                  Words.of("mode")
                      .with(
                          Word.required(
                              "rollout",
                              Scalar.of(new Whole(0, 100)),
                              "10",
                              "For how many percent of the keys it decides; for the others it is"
                                  + " told as shadow. A key that is in stays in when the number"
                                  + " grows."))),
              "shadow",
              "Whether it decides, or is only evaluated and counted.")
          .usually("live");

  static final Word SCHEDULE =
      Word.optional(
              "schedule",
              Words.of("schedule")
                  .with(
                      Word.optional(
                              "days",
                              ListOf.oneOrMany(
                                  "a day or a list of days", Scalar.of(new DaysValue()), 7),
                              "[mon..fri, sun]",
                              "The days of the week; a night belongs to the day on which it"
                                  + " begins.")
                          .usually("every day"),
                      Word.optional(
                              "from",
                              Scalar.of(new TimeOfDayValue()),
                              "'09:00'",
                              "The local time from which it is asked.")
                          .usually("00:00"),
                      Word.optional(
                              "to",
                              Scalar.of(new TimeOfDayValue()),
                              "'18:00'",
                              "The local time at which it is not asked any more; earlier than from,"
                                  + " it is on the next day.")
                          .usually("24:00"),
                      Word.optional(
                              "zone",
                              Scalar.of(new ZoneValue()),
                              "Europe/Madrid",
                              "Whose local time this is.")
                          .usually("UTC"))
                  .where(new ScheduleConstraint()),
              "{days: [mon..fri], from: '09:00', to: '18:00', zone: Europe/Madrid}",
              "The hours of the week, by event time, at which it is asked.")
          .usually("always");

  static final Word EXPIRES =
      Word.optional(
              "expires",
              Scalar.of(new MomentValue()),
              "2027-01-01",
              "The event time from which it is not asked any more: a date, in UTC, or a time.")
          .usually("never");

  static final Word MATCH =
      Word.optional(
              "match",
              Scalar.of(Choice.of("all or first", "all", "first")),
              "first",
              "Which of the rules that fire decide: all, or the first live one in the order of the"
                  + " file.")
          .usually("all");

  private RuleGrammar() {}
}
