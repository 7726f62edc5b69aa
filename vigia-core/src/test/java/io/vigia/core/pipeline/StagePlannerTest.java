package io.vigia.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vigia.core.Cases;
import io.vigia.core.event.Event;
import io.vigia.core.replay.Replay;
import io.vigia.core.replay.Replay.Result.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StagePlannerTest {
  private static List<String> stages(CompiledPipeline pipeline) {
    return pipeline.stages().stream().map(Stage::name).toList();
  }

  @Test
  void plan_noFeatures_hasAStageForTheIds() {
    assertEquals(
        List.of("card"),
        stages(new PipelineDraft().stream("a", "card", "id string, card string").compile()));
  }

  @Test
  void plan_ownKey_comesBeforeOtherEntities() {
    assertEquals(
        List.of("card", "device", "card+device"),
        stages(
            new PipelineDraft()
                .stream("a", "card", "id string, card string, device string?")
                    .feature("f1", "a by device: count over 5")
                    .feature("f2", "a by card+device: count over 5")
                    .feature("f3", "a by card: count over 5")
                    .compile()));
  }

  @Test
  void plan_entitiesWithoutAnOrder_areInTheOrderOfTheFile() {
    assertEquals(
        List.of("id", "z", "a", "m"),
        stages(
            new PipelineDraft()
                .stream("s", "id", "id string, a string, m string, z string")
                    .feature("f1", "s by z: count over 5")
                    .feature("f2", "s by a: count over 5")
                    .feature("f3", "s by m: count over 5")
                    .compile()));
  }

  @Test
  void plan_keyThatAnotherStreamLacks_isPassed() {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .stream("a", "card", "id string, t timestamp, card string, shop string").stream(
                    "b", "shop", "id string, t timestamp, shop string")
                .feature("f", "b by shop: count over 5")
                .compile();
    assertEquals(List.of("card", "shop"), stages(pipeline));
    Stage card = pipeline.stages().get(0);
    assertEquals(true, card.isVisitedBy(0));
    assertEquals(false, card.isVisitedBy(1));
    assertNull(
        card.keyOf(pipeline.row(PipelineDraft.event(pipeline, "b", "id=1 t=1 shop=s"), 1, null)));
    assertEquals(
        "s",
        pipeline
            .stages()
            .get(1)
            .keyOf(
                pipeline.row(
                    PipelineDraft.event(pipeline, "a", "id=1 t=1 card=c shop=s"), 1, null)));
  }

  private static final String BOTH = "id string, t timestamp, card string, shop string";

  private static PipelineDraft opposite() {
    return new PipelineDraft()
        .dedupe(1_000_000).stream("a", "card", BOTH).stream("b", "shop", BOTH)
            .feature("a_card", "a by card: count over 100")
            .feature("b_card", "b by card: count over 100")
            .feature("a_shop", "a by shop: count over 100")
            .feature("b_shop", "b by shop: count over 100");
  }

  @Test
  void plan_oppositeOrders_givesOneStreamAStageForItsIds() {
    CompiledPipeline pipeline = opposite().compile();
    assertEquals(List.of("id:b", "card", "shop"), stages(pipeline));
    assertEquals(false, pipeline.stages().get(0).isVisitedBy(0));
    assertEquals(true, pipeline.stages().get(0).isVisitedBy(1));
    assertEquals(0, pipeline.stages().get(0).features().features().size());
  }

  @Test
  void plan_circleOfThree_isBroken() {
    String fields = "id string, x string, y string, z string";
    CompiledPipeline pipeline =
        new PipelineDraft()
            .stream("a", "x", fields).stream("b", "y", fields).stream("c", "z", fields)
                .feature("fx", "a by x: count over 5")
                .feature("fy", "a by y: count over 5")
                .feature("fz", "a by z: count over 5")
                .compile();
    assertEquals(List.of("id:b", "id:c", "x", "y", "z"), stages(pipeline));
  }

  /** Whatever the order of the stages: an event that comes again has changed nothing. */
  @Test
  void process_repeatsUnderOppositeOrders_countOnce() {
    CompiledPipeline pipeline = opposite().compile();
    Cases.run(
        200,
        random -> {
          Replay once = new Replay(pipeline, 1);
          Replay repeated = new Replay(pipeline, 1);
          for (int i = 0; i < 60; i++) {
            Event event =
                PipelineDraft.event(
                    pipeline,
                    random.nextBoolean() ? "a" : "b",
                    "id=e"
                        + i
                        + " t="
                        + (i * 3 - random.nextInt(20))
                        + " card=c"
                        + random.nextInt(2)
                        + " shop=s"
                        + random.nextInt(2));
            Map<String, @Nullable Object> expected = pipeline.features(once.process(event).row());
            assertEquals(expected, pipeline.features(repeated.process(event).row()));
            for (int again = random.nextInt(3); again > 0; again--) {
              assertEquals(Kind.REPEAT, repeated.process(event).kind());
            }
          }
        });
  }

  @Test
  void process_sameIdUnderAnotherKeyOrStream_isAnotherEvent() {
    CompiledPipeline pipeline = opposite().compile();
    Replay replay = new Replay(pipeline, 1);
    assertEquals(Kind.DECIDED, kind(replay, pipeline, "a", "id=1 t=1 card=c shop=s"));
    assertEquals(Kind.DECIDED, kind(replay, pipeline, "b", "id=1 t=1 card=c shop=s"));
    assertEquals(Kind.DECIDED, kind(replay, pipeline, "a", "id=1 t=1 card=d shop=s"));
    assertEquals(Kind.CONFLICT, kind(replay, pipeline, "a", "id=1 t=1 card=c shop=r"));
    assertEquals(Kind.CONFLICT, kind(replay, pipeline, "b", "id=1 t=1 card=d shop=s"));
    assertEquals(Kind.REPEAT, kind(replay, pipeline, "a", "id=1 t=1 card=c shop=s"));
  }

  private static Kind kind(Replay replay, CompiledPipeline pipeline, String stream, String values) {
    return replay.process(PipelineDraft.event(pipeline, stream, values)).kind();
  }
}
