package io.vigia.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RequestParametersTest {
  @Test
  void instant_withOffset_isRead() {
    RequestParameters parameters = of("since", "2026-01-01T02:00:00 02:00");
    assertEquals(Instant.parse("2026-01-01T00:00:00Z"), parameters.instant("since"));
    assertEquals(List.of(), parameters.faults());
  }

  @Test
  void text_emptyOrMissing_isNull() {
    RequestParameters parameters = of("since", "");
    assertNull(parameters.text("since"));
    assertNull(parameters.text("limit"));
    assertEquals(7, parameters.number("limit", 1, 10, 7));
  }

  @Test
  void faults_everyMistake_isTold() {
    MultiMap given = MultiMap.caseInsensitiveMultiMap();
    given.add("limit", "11").add("since", "soon").add("what", "x").add("until", "a");
    given.add("until", "b");
    RequestParameters parameters = new RequestParameters(given, Set.of("limit", "since", "until"));
    parameters.number("limit", 1, 10, 7);
    parameters.instant("since");
    assertEquals(4, parameters.faults().size(), parameters.faults().toString());
  }

  private static RequestParameters of(String name, String value) {
    return new RequestParameters(
        MultiMap.caseInsensitiveMultiMap().add(name, value), Set.of("limit", "since"));
  }
}
