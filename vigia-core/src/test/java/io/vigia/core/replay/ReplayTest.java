package io.vigia.core.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.Cases;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay.Result.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReplayTest {
  private static final String FIELDS =
      "id string, t timestamp, card string, device string?, m decimal, d double?";

  private static CompiledPipeline pipeline(long dedupeMs) {
    return new PipelineDraft()
        .dedupe(dedupeMs).stream("a", "card", FIELDS)
            .feature("count_100", "a by card: count over 100")
            .feature("sum_50", "a by card: sum m over 50 delay 10")
            .feature("mean_50", "a by device: mean d over 50")
            .feature("cards", "a by device: count_distinct card over 200")
            .feature("top", "a by device: max m over 100 exclude")
            .rule("busy", "a", "count_100 > 2", "review", 5, "{{count_100}} of {{sum_50}}", false)
            .rule("shared", "a", "cards > 1 && top > 3", "block", 7, "{{cards}} {{mean_50}}", false)
            .compile();
  }

  private static Event event(CompiledPipeline pipeline, String values) {
    return PipelineDraft.event(pipeline, "a", values);
  }

  @Test
  void process_sameEventAgain_isARepeatWithoutADecision() {
    CompiledPipeline pipeline = pipeline(100);
    Replay replay = new Replay(pipeline, 1);
    assertNotNull(replay.process(event(pipeline, "id=1 t=5 card=c m=2.0")).decision());
    Replay.Result again = replay.process(event(pipeline, "id=1 t=5 card=c m=2.00"));
    assertEquals(Kind.REPEAT, again.kind());
    assertNull(again.decision());
    assertEquals(
        1L,
        pipeline
            .features(replay.process(event(pipeline, "id=2 t=105 card=c m=2")).row())
            .get("count_100"));
  }

  @Test
  void process_sameIdOtherContent_isAConflictThatChangesNothing() {
    CompiledPipeline pipeline = pipeline(100);
    Replay replay = new Replay(pipeline, 1);
    replay.process(event(pipeline, "id=1 t=5 card=c m=2"));
    assertEquals(Kind.CONFLICT, replay.process(event(pipeline, "id=1 t=5 card=c m=3")).kind());
    assertEquals(Kind.CONFLICT, replay.process(event(pipeline, "id=1 t=6 card=c m=2")).kind());
    assertEquals(Kind.REPEAT, replay.process(event(pipeline, "id=1 t=5 card=c m=2")).kind());
    assertEquals(
        2L,
        pipeline
            .features(replay.process(event(pipeline, "id=2 t=7 card=c m=2")).row())
            .get("count_100"));
  }

  @Test
  void process_idBeyondDedupe_isNewAgain() {
    CompiledPipeline pipeline = pipeline(100);
    Replay replay = new Replay(pipeline, 1);
    replay.process(event(pipeline, "id=1 t=5 card=c m=2"));
    replay.process(event(pipeline, "id=2 t=104 card=c m=2"));
    assertEquals(Kind.REPEAT, replay.process(event(pipeline, "id=1 t=5 card=c m=2")).kind());
    replay.process(event(pipeline, "id=3 t=105 card=c m=2"));
    assertEquals(Kind.DECIDED, replay.process(event(pipeline, "id=1 t=5 card=c m=2")).kind());
  }

  /** A sender retries at once, however old the event is: a feature must not count it twice. */
  @Test
  void process_lateEventBeyondDedupe_isKnownWhenItComesAgain() {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .dedupe(100).stream("a", "card", FIELDS).feature("ever", "a by card: count").compile();
    Replay replay = new Replay(pipeline, 1);
    replay.process(event(pipeline, "id=1 t=9000 card=c m=2"));
    Replay.Result late = replay.process(event(pipeline, "id=2 t=5 card=c m=2"));
    assertEquals(Kind.DECIDED, late.kind());
    assertTrue(late.row().late());
    assertEquals(Kind.REPEAT, replay.process(event(pipeline, "id=2 t=5 card=c m=2")).kind());
    assertEquals(Kind.CONFLICT, replay.process(event(pipeline, "id=2 t=5 card=c m=3")).kind());
    Replay.Result next = replay.process(event(pipeline, "id=3 t=9099 card=c m=2"));
    assertEquals(3L, pipeline.features(next.row()).get("ever"));
    assertEquals(Kind.REPEAT, replay.process(event(pipeline, "id=2 t=5 card=c m=2")).kind());
    replay.process(event(pipeline, "id=4 t=9100 card=c m=2"));
    assertEquals(Kind.DECIDED, replay.process(event(pipeline, "id=2 t=5 card=c m=2")).kind());
  }

  private static List<Event> events(CompiledPipeline pipeline, Random random, int count) {
    List<Event> events = new ArrayList<>();
    long time = 10_000;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(20);
      events.add(
          event(
              pipeline,
              "id=e"
                  + (random.nextInt(20) == 0 ? random.nextInt(i + 1) : i)
                  + " t="
                  + (time - (random.nextInt(4) == 0 ? random.nextInt(50) : 0))
                  + " card=c"
                  + random.nextInt(4)
                  + (random.nextInt(4) == 0 ? "" : " device=d" + random.nextInt(2))
                  + " m="
                  + random.nextInt(500) / 100.0
                  + (random.nextBoolean() ? "" : " d=" + random.nextGaussian())));
    }
    return events;
  }

  private static String shown(Replay.Result result) {
    return result.kind() + " " + result.decision();
  }

  /** Forgetting what nothing can ask for, stopping and going on: none of it can be noticed. */
  @Test
  void process_sweptAndRestored_decidesTheSame() {
    CompiledPipeline pipeline = pipeline(100);
    Cases.run(
        60,
        random -> {
          Replay plain = new Replay(pipeline, 1);
          Replay disturbed = new Replay(pipeline, 1);
          for (Event event : events(pipeline, random, 150)) {
            if (random.nextInt(5) == 0) {
              disturbed.sweep();
            }
            if (random.nextInt(5) == 0) {
              disturbed = Replay.restore(pipeline, 1, disturbed.snapshot());
            }
            assertEquals(shown(plain.process(event)), shown(disturbed.process(event)));
          }
        });
  }

  @Test
  void sweep_keysWithoutMemory_areRemoved() {
    CompiledPipeline pipeline = pipeline(100);
    Replay replay = new Replay(pipeline, 1);
    for (int i = 0; i < 50; i++) {
      replay.process(event(pipeline, "id=1 t=0 card=c" + i + " device=d" + i + " m=1"));
    }
    assertEquals(100, replay.keys());
    replay.process(event(pipeline, "id=1 t=200 card=x m=1"));
    replay.sweep();
    assertEquals(51, replay.keys());
    replay.process(event(pipeline, "id=1 t=301 card=y m=1"));
    replay.sweep();
    assertEquals(2, replay.keys());
  }

  @Test
  void sweep_nothingProcessed_isNothing() {
    Replay replay = new Replay(pipeline(100), 1);
    replay.sweep();
    assertEquals(0, replay.keys());
    replay = Replay.restore(pipeline(100), 1, replay.snapshot());
    replay.sweep();
    assertEquals(0, replay.keys());
  }

  @Test
  void restore_cutOffOrTooLong_isDamage() {
    CompiledPipeline pipeline = pipeline(100);
    Replay replay = new Replay(pipeline, 1);
    events(pipeline, new Random(1), 60).forEach(replay::process);
    byte[] snapshot = replay.snapshot();
    for (int length = 0; length < snapshot.length; length += 1 + length / 50) {
      byte[] prefix = Arrays.copyOf(snapshot, length);
      assertThrows(IllegalStateException.class, () -> Replay.restore(pipeline, 1, prefix));
    }
    byte[] longer = Arrays.copyOf(snapshot, snapshot.length + 1);
    assertThrows(IllegalStateException.class, () -> Replay.restore(pipeline, 1, longer));
  }

  /** A feature without a window finds its register damaged when it is first needed. */
  @Test
  void process_damagedRegister_isNoticed() {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .dedupe(1).stream("a", "card", FIELDS).feature("sum", "a by card: sum m").compile();
    Replay replay = new Replay(pipeline, 1);
    replay.process(event(pipeline, "id=1 t=5 card=c m=2.25"));
    replay.process(event(pipeline, "id=2 t=500 card=c m=2"));
    byte[] snapshot = replay.snapshot();
    int noticed = 0;
    for (int at = 0; at < snapshot.length; at++) {
      byte[] damaged = snapshot.clone();
      damaged[at] = (byte) 0xff;
      try {
        Replay.restore(pipeline, 1, damaged).process(event(pipeline, "id=3 t=600 card=c m=1"));
      } catch (IllegalStateException e) {
        noticed++;
      }
    }
    assertTrue(noticed > snapshot.length / 3, noticed + " of " + snapshot.length);
  }
}
