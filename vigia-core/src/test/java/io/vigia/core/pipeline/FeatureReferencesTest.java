package io.vigia.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vigia.core.event.Event;
import io.vigia.core.replay.Replay;
import io.vigia.core.replay.Replay.Result.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Features that read features: the order of the stages, and whose value is taken when. */
final class FeatureReferencesTest {
  private static final String FIELDS =
      "id string, t timestamp, card string, shop string?, m decimal";

  private static PipelineDraft draft() {
    return new PipelineDraft().dedupe(1_000_000).outOfOrder(100).stream("a", "card", FIELDS);
  }

  private static List<String> stages(CompiledPipeline pipeline) {
    return pipeline.stages().stream().map(Stage::name).toList();
  }

  private static Map<String, @Nullable Object> features(
      CompiledPipeline pipeline, Replay replay, String event) {
    Replay.Result result = replay.process(PipelineDraft.event(pipeline, "a", event));
    return pipeline.features(result.row());
  }

  @Test
  void stages_entityThatIsRead_comesFirst() {
    PipelineDraft forwards =
        draft()
            .feature("card_sum", "a by card: sum m over 50")
            .feature("shop_mean", "a by shop: mean card_sum over 1000");
    assertEquals(List.of("card", "shop"), stages(forwards.compile()));
    PipelineDraft backwards =
        draft()
            .feature("card_max", "a by card: max shop_sum over 1000")
            .feature("shop_sum", "a by shop: sum m over 50");
    assertEquals(List.of("id:a", "shop", "card"), stages(backwards.compile()));
  }

  @Test
  void process_repeatUnderAReversedOrder_changesNothing() {
    CompiledPipeline pipeline =
        draft()
            .feature("card_max", "a by card: max shop_sum over 1000")
            .feature("shop_sum", "a by shop: sum m over 50")
            .compile();
    Replay replay = new Replay(pipeline, 1);
    Event first = PipelineDraft.event(pipeline, "a", "id=1 t=10 card=c shop=s m=2");
    assertEquals(Kind.DECIDED, replay.process(first).kind());
    assertEquals(Kind.REPEAT, replay.process(first).kind());
    assertEquals(
        new BigDecimal("5"),
        features(pipeline, replay, "id=2 t=11 card=c shop=s m=3").get("card_max"));
  }

  @Test
  void process_lateEventOfWhatIsRead_leavesWhatWasTaken() {
    CompiledPipeline pipeline =
        draft()
            .feature("card_sum", "a by card: sum m over 50")
            .feature("shop_max", "a by shop: max card_sum over 1000")
            .compile();
    Replay replay = new Replay(pipeline, 1);
    features(pipeline, replay, "id=1 t=100 card=c shop=s m=2");
    // The card has spent 9 by now, of which the shop's first event knew nothing.
    Map<String, @Nullable Object> late = features(pipeline, replay, "id=2 t=90 card=c shop=r m=7");
    assertEquals(new BigDecimal("7"), late.get("card_sum"));
    assertEquals(
        new BigDecimal("2"),
        features(pipeline, replay, "id=3 t=101 card=d shop=s m=1").get("shop_max"));
    assertEquals(
        new BigDecimal("10"),
        features(pipeline, replay, "id=4 t=102 card=c shop=s m=1").get("shop_max"));
  }

  @Test
  void process_featuresOfOneEntity_areReadInLayers() {
    CompiledPipeline pipeline =
        draft()
            .feature("third", "a by card: max second over 1000 where second > 1")
            .feature("second", "a by card: count over 1000 where first > 2")
            .feature("first", "a by card: count over 20")
            .feature("before", "a by card: max first over 1000 exclude")
            .compile();
    Replay replay = new Replay(pipeline, 1);
    for (int i = 0; i < 3; i++) {
      features(pipeline, replay, "id=" + i + " t=" + i + " card=c m=1");
    }
    Map<String, @Nullable Object> fourth = features(pipeline, replay, "id=4 t=4 card=c m=1");
    assertEquals(List.of("card"), stages(pipeline));
    assertEquals(4L, fourth.get("first"));
    assertEquals(2L, fourth.get("second"));
    assertEquals(2L, fourth.get("third"));
    assertEquals(3L, fourth.get("before"));
  }

  @Test
  void process_eventWithoutTheEntityThatIsRead_passesItOver() {
    CompiledPipeline pipeline =
        draft()
            .feature("shop_sum", "a by shop: sum m over 50")
            .feature("card_mean", "a by card: count_distinct shop_sum over 1000")
            .compile();
    Replay replay = new Replay(pipeline, 1);
    features(pipeline, replay, "id=1 t=1 card=c shop=s m=2");
    assertEquals(1L, features(pipeline, replay, "id=2 t=2 card=c m=2").get("card_mean"));
  }

  @Test
  void signature_otherReference_isAnother() {
    PipelineDraft one =
        draft()
            .feature("x", "a by card: sum m over 50")
            .feature("y", "a by card: sum m over 60")
            .feature("z", "a by card: max x over 60");
    PipelineDraft other =
        draft()
            .feature("x", "a by card: sum m over 50")
            .feature("y", "a by card: sum m over 60")
            .feature("z", "a by card: max y over 60");
    assertNotEquals(one.compile().stateSignature(), other.compile().stateSignature());
  }
}
