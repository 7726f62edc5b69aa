package io.vigia.core.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vigia.core.decision.Decision;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TablesTest {
  private static PipelineDraft draft(@Nullable String deleteWhen, long expiresMs) {
    return new PipelineDraft()
        .dedupe(10).stream(
                "changes",
                "customer",
                "id string, t timestamp, customer string, tier string?, limit decimal?, closed bool?")
            .stream(
                "payments",
                "card",
                "id string, t timestamp, card string, customer string?, amount decimal")
            .table("customers", "changes", "customer", null, deleteWhen, expiresMs)
            .feature("payments_1s", "payments by card: count over 100");
  }

  private static Replay.Result pay(Replay replay, CompiledPipeline pipeline, String values) {
    return replay.process(PipelineDraft.event(pipeline, "payments", values));
  }

  private static void change(Replay replay, CompiledPipeline pipeline, String values) {
    replay.process(PipelineDraft.event(pipeline, "changes", values));
  }

  private static Decision decision(Replay.Result result) {
    return Objects.requireNonNull(result.decision());
  }

  @Test
  void decide_paymentWithoutACustomer_hasNoRowAndIsUnknown() {
    CompiledPipeline pipeline =
        draft(null, 0)
            .rule("vip", "payments", "tables.customers.tier == \"vip\"", "review", 1)
            .rule("nobody", "payments", "!has(tables.customers)", "challenge", 1)
            .compile();
    Replay replay = new Replay(pipeline, 1);
    change(replay, pipeline, "id=1 t=5 customer=k tier=vip");
    Decision without = decision(pay(replay, pipeline, "id=2 t=6 card=c amount=1"));
    assertEquals("challenge", without.outcome());
    assertEquals(
        List.of(new Decision.Unknown("vip", "tables.customers.tier is missing")),
        without.unknown());
    assertEquals(
        "review", decision(pay(replay, pipeline, "id=3 t=7 card=c customer=k amount=1")).outcome());
  }

  @Test
  void decide_firedRule_tellsTheColumnsItReadAndNoOthers() {
    CompiledPipeline pipeline =
        draft(null, 0)
            .rule(
                "over",
                "payments",
                "event.amount > tables.customers.limit && has(tables.customers)",
                "review",
                1,
                "{{tables.customers.tier}}",
                false)
            .compile();
    Replay replay = new Replay(pipeline, 1);
    change(replay, pipeline, "id=1 t=5 customer=k tier=vip limit=10");
    Decision decision = decision(pay(replay, pipeline, "id=3 t=7 card=c customer=k amount=11"));
    assertEquals("vip", decision.rules().get(0).reason());
    assertEquals(
        Map.of(
            "tables.customers",
            true,
            "tables.customers.tier",
            "vip",
            "tables.customers.limit",
            new java.math.BigDecimal("10")),
        decision.features());
  }

  @Test
  void decide_columnNearANumber_isNearlyMissed() {
    CompiledPipeline pipeline =
        draft(null, 0)
            .rule("rich", "payments", "tables.customers.limit > 100", "block", 1)
            .rule("all", "payments", "true", "review", 1)
            .compile();
    Replay replay = new Replay(pipeline, 1);
    change(replay, pipeline, "id=1 t=5 customer=k limit=95");
    Decision decision = decision(pay(replay, pipeline, "id=3 t=7 card=c customer=k amount=11"));
    assertEquals("tables.customers.limit > 100", decision.near().get(0).comparison());
  }

  @Test
  void sweep_expiredRow_isForgotten() {
    CompiledPipeline pipeline =
        draft(null, 100)
            .rule("vip", "payments", "tables.customers.tier == \"vip\"", "review", 1)
            .compile();
    Replay replay = new Replay(pipeline, 1);
    change(replay, pipeline, "id=1 t=1000 customer=k tier=vip");
    pay(replay, pipeline, "id=2 t=1100 card=c amount=1");
    replay.sweep();
    assertEquals(2, replay.keys(), "until nothing that is late can ask for it");
    pay(replay, pipeline, "id=3 t=9000 card=c amount=1");
    replay.sweep();
    assertEquals(1, replay.keys(), "the card alone");
  }

  @Test
  void sweep_deletedRow_isForgottenAndALivingOneNever() {
    CompiledPipeline pipeline =
        draft("event.closed", 0)
            .rule("vip", "payments", "tables.customers.tier == \"vip\"", "review", 1)
            .compile();
    Replay replay = new Replay(pipeline, 1);
    change(replay, pipeline, "id=1 t=1000 customer=k tier=vip");
    change(replay, pipeline, "id=2 t=1000 customer=other tier=vip");
    pay(replay, pipeline, "id=3 t=900000 card=c amount=1");
    replay.sweep();
    assertEquals(3, replay.keys(), "both rows live");
    change(replay, pipeline, "id=4 t=900000 customer=k closed=true");
    replay = Replay.restore(pipeline, 1, replay.snapshot());
    replay.sweep();
    assertEquals(3, replay.keys(), "an older change may still come");
    pay(replay, pipeline, "id=5 t=990000 card=c amount=1");
    replay.sweep();
    assertEquals(2, replay.keys(), "the card and the other customer");
    assertEquals(
        "review",
        decision(pay(replay, pipeline, "id=6 t=990001 card=c customer=other amount=1")).outcome());
  }

  @Test
  void process_lateChangeOlderThanADeletion_doesNotBringTheRowBack() {
    CompiledPipeline pipeline =
        draft("event.closed", 0)
            .rule("vip", "payments", "tables.customers.tier == \"vip\"", "review", 1)
            .compile();
    Replay replay = new Replay(pipeline, 1);
    change(replay, pipeline, "id=1 t=1000 customer=k tier=vip");
    change(replay, pipeline, "id=2 t=1040 customer=k closed=true");
    change(replay, pipeline, "id=3 t=1020 customer=k tier=vip");
    assertEquals(
        "allow",
        decision(pay(replay, pipeline, "id=4 t=1041 card=c customer=k amount=1")).outcome());
    assertEquals(
        "review",
        decision(pay(replay, pipeline, "id=5 t=1039 card=c customer=k amount=1")).outcome());
  }

  @Test
  void compile_tableReadByAFeature_putsItsEntityFirst() {
    CompiledPipeline pipeline =
        draft(null, 0)
            .feature(
                "vips", "payments by card: count over 100 where tables.customers.tier == \"vip\"")
            .feature("limits", "payments by card: sum tables.customers.limit over 100")
            .rule("many", "payments", "vips > 1", "review", 1)
            .compile();
    Replay replay = new Replay(pipeline, 1);
    change(replay, pipeline, "id=1 t=1000 customer=k tier=vip limit=7");
    pay(replay, pipeline, "id=2 t=1001 card=c customer=k amount=1");
    change(replay, pipeline, "id=3 t=1002 customer=k tier=new limit=5");
    pay(replay, pipeline, "id=4 t=1003 card=c customer=k amount=1");
    Map<String, @Nullable Object> features =
        pipeline.features(pay(replay, pipeline, "id=5 t=1004 card=c amount=1").row());
    assertEquals(1L, features.get("vips"));
    assertEquals("12", String.valueOf(features.get("limits")));
  }

  @Test
  void stateSignature_table_isPartOfIt() {
    String without = draft(null, 0).compile().stateSignature();
    assertNotEquals(without, draft(null, 5).compile().stateSignature());
    assertNotEquals(without, draft("event.closed", 0).compile().stateSignature());
  }
}
