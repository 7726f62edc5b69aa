package io.vigia.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vigia.core.Cases;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IdentityTest {
  private static final CompiledPipeline PIPELINE =
      new PipelineDraft()
          .stream(
                  "a",
                  "k",
                  "id string, t timestamp, k string, l string?, m decimal?, d double?, i int?, b bool?")
              .compile();
  private static final StreamSchema STREAM = PIPELINE.streams().get(0);

  private static Slots slots(String values) {
    return PipelineDraft.event(PIPELINE, "a", "id=e t=1 k=x " + values).values();
  }

  @Test
  void join_colonsAndPercentSignsOfTheId_areEscaped() {
    assertEquals("orders.csv:17", Identity.join("orders.csv", "17"));
    assertEquals("urn:x:a%3Ab%25c", Identity.join("urn:x", "a:b%c"));
  }

  @Test
  void join_anySourceAndId_canBeTakenApart() {
    Cases.run(
        200,
        random -> {
          String source = text(random, ":%3A25ab");
          String id = text(random, ":%3A25ab");
          String joined = Identity.join(source, id);
          int colon = joined.lastIndexOf(':');
          assertEquals(source, joined.substring(0, colon));
          assertEquals(id, joined.substring(colon + 1).replace("%3A", ":").replace("%25", "%"));
        });
  }

  @Test
  void keyOf_severalFields_areDifferentWhereverTheyDiffer() {
    int[] fields = STREAM.positions(List.of(PipelineDraft.text("k"), PipelineDraft.text("l")));
    Map<String, List<String>> seen = new HashMap<>();
    Cases.run(
        2_000,
        random -> {
          Slots values = new Slots(STREAM.size());
          List<String> parts =
              List.of(text(random, "a\u001f\u001bes"), text(random, "a\u001f\u001bes"));
          values.setObject(fields[0], parts.get(0));
          values.setObject(fields[1], parts.get(1));
          String key = Objects.requireNonNull(Identity.keyOf(STREAM, values, fields));
          List<String> before = seen.putIfAbsent(key, parts);
          assertEquals(before == null ? parts : before, parts, key);
        });
  }

  @Test
  void keyOf_missingPart_isNone() {
    int[] fields = STREAM.positions(List.of(PipelineDraft.text("k"), PipelineDraft.text("l")));
    assertNull(Identity.keyOf(STREAM, slots("m=1"), fields));
  }

  @Test
  void keyOf_valuesOfAnyType_areTheirText() {
    Slots values = slots("m=2.50 d=0.1 i=-7 b=true");
    assertEquals("2.5", key(values, "m"));
    assertEquals("0.1", key(values, "d"));
    assertEquals("-7", key(values, "i"));
    assertEquals("true", key(values, "b"));
    assertEquals("1", key(values, "t"));
  }

  private static String key(Slots values, String field) {
    return Objects.requireNonNull(
        Identity.keyOf(STREAM, values, new int[] {STREAM.position(field)}));
  }

  @Test
  void readable_joinedKey_hasAPlus() {
    int[] fields = STREAM.positions(List.of(PipelineDraft.text("k"), PipelineDraft.text("l")));
    String key = Objects.requireNonNull(Identity.keyOf(STREAM, slots("l=y"), fields));
    assertEquals("x + y", Identity.readable(key));
    assertEquals("x", Identity.readable("x"));
  }

  @Test
  void contentHash_otherWayOfWriting_isTheSame() {
    assertEquals(hash("m=2"), hash("m=2.00"));
    assertEquals(hash("d=0.0"), hash("d=-0.0"));
    Slots scaled = slots("m=2");
    scaled.setObject(STREAM.position("m"), new BigDecimal("2.000"));
    assertEquals(hash("m=2"), Identity.contentHash(STREAM, scaled));
  }

  @Test
  void contentHash_anotherValue_isAnother() {
    Set<Long> hashes = new HashSet<>();
    List<String> contents =
        List.of(
            "m=2", "m=2.01", "d=2", "i=2", "i=3", "l=2", "b=true", "b=false", "l=x", "l=xx", "i=0",
            "l=");
    contents.forEach(content -> hashes.add(hash(content)));
    assertEquals(contents.size(), hashes.size());
  }

  private static long hash(String values) {
    return Identity.contentHash(STREAM, slots(values));
  }

  @Test
  void of_partsThatJoinAlike_areDifferent() {
    Set<EventId> ids = new HashSet<>();
    ids.add(EventId.of("p", "s", "ab", "c"));
    ids.add(EventId.of("p", "s", "a", "bc"));
    ids.add(EventId.of("p", "sa", "b", "c"));
    ids.add(EventId.of("ps", "a", "b", "c"));
    ids.add(EventId.of("p", "s", "ab", ""));
    ids.add(EventId.of("p", "s", "", "ab"));
    assertEquals(6, ids.size());
  }

  /** It names decisions for ever: a change would give old events new decisions. */
  @Test
  void of_knownEvent_isWhatItHasAlwaysBeen() {
    EventId id = EventId.of("card-fraud", "payments", "c1", "p9");
    assertEquals(id, EventId.of("card-fraud", "payments", "c1", "p9"));
    assertEquals("d69d71dedbbcefc48f4738a392516fd8", id.toString());
  }

  @Test
  void toString_smallNumbers_has32Digits() {
    assertEquals("00000000000000010000000000000002", new EventId(1, 2).toString());
    assertEquals("ffffffffffffffff8000000000000000", new EventId(-1, Long.MIN_VALUE).toString());
    assertNotEquals(new EventId(1, 2), new EventId(2, 1));
  }

  private static String text(Random random, String letters) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(5); length > 0; length--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
