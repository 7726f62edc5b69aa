package io.vigia.wire.pipeline;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleMode;
import io.vigia.core.decision.Schedule;
import io.vigia.core.problem.Text;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the definition of a rule in whose form nothing is wrong. */
final class RuleBuilder {
  private RuleBuilder() {}

  static RuleDefinition build(Form form, Text onlyStream) {
    Text id = form.text("id");
    @Nullable Text on = form.textOrNull("on");
    return new RuleDefinition(
        id,
        on == null ? new Text(onlyStream.value(), id.place()) : on,
        form.condition("when"),
        form.text("outcome"),
        (int) form.whole("score", 0),
        form.textOrNull("reason"),
        mode(form),
        form.has("schedule") ? schedule(form.form("schedule")) : null,
        form.has("expires") ? MomentValue.ms(form.text("expires").value()) : RuleDefinition.NEVER);
  }

  private static RuleMode mode(Form form) {
    @Nullable Text word = form.textOrNull("mode");
    if (word != null) {
      return word.value().equals("shadow") ? RuleMode.SHADOW : RuleMode.LIVE;
    }
    return new RuleMode((int) form.form("mode").whole("rollout", RuleMode.LIVE.percent()));
  }

  private static Schedule schedule(Form form) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    form.texts("days").forEach(text -> days.addAll(DaysValue.days(text.value())));
    @Nullable Text from = form.textOrNull("from");
    @Nullable Text to = form.textOrNull("to");
    @Nullable Text zone = form.textOrNull("zone");
    return new Schedule(
        form.has("days") ? days : EnumSet.allOf(DayOfWeek.class),
        from == null ? 0 : TimeOfDayValue.minute(from.value()),
        to == null ? Schedule.DAY : TimeOfDayValue.minute(to.value()),
        ZoneId.of(zone == null ? "UTC" : zone.value()));
  }
}
