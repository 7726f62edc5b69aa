package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventAgeTest {
  private static final long HOUR = 3_600_000;

  @Test
  void isTaken_atTheLimits_isTaken() {
    assertEquals(List.of(), check(HOUR, 60_000, -HOUR));
    assertEquals(List.of(), check(HOUR, 60_000, 60_000));
    assertEquals(List.of(), check(Long.MAX_VALUE, Long.MAX_VALUE, -100 * HOUR));
  }

  @Test
  void isTaken_beyondTheLimits_isRefused() {
    Problem old = check(HOUR, 60_000, -HOUR - 1).get(0);
    assertEquals(ProblemCode.EVENT_TIME, old.code());
    assertEquals(
        "the event's time 2026-01-01T11:00:00Z is 1h 1ms before its arrival, expected at most 1h"
            + " (max_age)",
        old.message());
    Problem ahead = check(HOUR, 60_000, 2 * 60_000).get(0);
    assertEquals(
        "the event's time 2026-01-01T12:02:00.001Z is 2m ahead of its arrival, expected at most 1m"
            + " (max_ahead)",
        ahead.message());
  }

  private static List<Problem> check(long maxAgeMs, long maxAheadMs, long distanceMs) {
    Text name = new Text("s", Place.of("test"));
    StreamDefinition definition =
        new StreamDefinition(
            name,
            new IdDefinition(IdDefinition.Kind.CLOUD_EVENT, List.of()),
            null,
            List.of(name),
            null,
            0,
            0,
            maxAgeMs,
            maxAheadMs,
            List.of(new FieldDefinition(name, FieldType.STRING, false, "s", null)),
            DecideDefinition.DEFAULT);
    long now = 1_767_268_800_001L; // a millisecond past noon of 2026-01-01
    Problems problems = new Problems();
    EventAge.isTaken(
        new Event(
            new StreamSchema(definition, 0), "i", "k", now + distanceMs, new Slots(1), now, 0, 0),
        problems);
    return problems.sorted();
  }
}
