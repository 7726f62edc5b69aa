package io.vigia.core.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.Cases;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tables against what their meaning says, read off all changes that have come. */
final class TablesPropertyTest {
  private static final int OUT_OF_ORDER = 50;
  private static final int EVENTS = 80;
  private static final String CHANGES =
      "id string, t timestamp, customer string, tier string?, limit decimal, closed bool?";

  /** What a table is declared with. */
  private record Form(boolean renamed, boolean deletes, long expiresMs, boolean pair) {
    static Form of(Random random) {
      return new Form(
          random.nextBoolean(),
          random.nextBoolean(),
          random.nextBoolean() ? 0 : 20 + random.nextInt(200),
          random.nextBoolean());
    }

    CompiledPipeline pipeline() {
      String reader = renamed ? "buyer" : "customer";
      String shop = pair ? ", shop string" : "";
      return new PipelineDraft()
          .dedupe(10).stream("changes", "customer", CHANGES + shop).stream(
                  "payments",
                  "card",
                  "id string, t timestamp, card string, " + reader + " string?" + shop)
              .table(
                  "customers",
                  "changes",
                  pair ? "customer+shop" : "customer",
                  renamed ? (pair ? "buyer+shop" : "buyer") : null,
                  deletes ? "event.closed" : null,
                  expiresMs)
              .feature("payments_1s", "payments by card: count over 1000")
              .feature(
                  "vips", "payments by card: count over 100 where tables.customers.tier == \"vip\"")
              .feature("highest", "payments by card: max tables.customers.limit over 100")
              .rule("vip", "payments", "tables.customers.tier == \"vip\"", "review", 1, "", false)
              .rule("new", "payments", "!has(tables.customers)", "challenge", 1, "", false)
              .compile();
    }
  }

  /** A change as the oracle keeps it. */
  private record Change(
      int number, long time, String key, @Nullable String tier, @Nullable Boolean closed) {}

  /** The change that is the row as of a time; null where there is none. */
  private static @Nullable Change naive(List<Change> changes, String key, long time, Form form) {
    Change newest = null;
    for (Change each : changes) {
      if (each.key.equals(key)
          && each.time <= time
          && (newest == null || each.time >= newest.time)) {
        newest = each;
      }
    }
    boolean over =
        newest != null
            && ((form.deletes && Boolean.TRUE.equals(newest.closed))
                || (form.expiresMs > 0 && time - newest.time >= form.expiresMs));
    return over ? null : newest;
  }

  private static Map<String, @Nullable Object> columns(@Nullable Change row) {
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put("tables.customers", row == null ? null : Boolean.TRUE);
    columns.put("tables.customers.tier", row == null ? null : row.tier);
    columns.put("tables.customers.limit", row == null ? null : BigDecimal.valueOf(row.number));
    columns.put("tables.customers.closed", row == null ? null : row.closed);
    return columns;
  }

  @Test
  void process_randomChangesAndPayments_readTheRowAsOfTheEvent() {
    Cases.run(
        1_500,
        random -> {
          Form form = Form.of(random);
          // In one case of three after each event, so that every position is restored from.
          int restores = random.nextInt(3) == 0 ? 1 : 20;
          run(form, random, restores);
        });
  }

  private static void run(Form form, Random random, int restores) {
    CompiledPipeline pipeline = form.pipeline();
    Replay replay = new Replay(pipeline, 1);
    List<Change> changes = new ArrayList<>();
    Map<String, Long> newest = new HashMap<>();
    long clock = 1_000;
    for (int n = 0; n < EVENTS; n++) {
      clock += random.nextInt(30);
      String key = "k" + random.nextInt(3);
      long time = clock - (random.nextInt(3) == 0 ? random.nextInt(OUT_OF_ORDER) : 0);
      if (time < newest.getOrDefault(key, 0L) - OUT_OF_ORDER) {
        continue;
      }
      newest.merge(key, time, Math::max);
      Event event;
      if (random.nextInt(3) == 0) {
        Change change = change(random, n, key, time);
        changes.add(change);
        event = PipelineDraft.event(pipeline, "changes", values(form, change));
      } else {
        String reader = form.renamed ? "buyer" : "customer";
        event =
            PipelineDraft.event(
                pipeline,
                "payments",
                "id=p%d t=%d card=c%d %s=%s%s"
                    .formatted(n, time, n % 2, reader, key, form.pair ? " shop=s" : ""));
      }
      check(pipeline, replay.process(event), naive(changes, key, time, form), n + " " + form);
      if (random.nextInt(restores) == 0) {
        replay.sweep();
        replay = Replay.restore(pipeline, 1, replay.snapshot());
      }
    }
  }

  private static void check(
      CompiledPipeline pipeline, Replay.Result result, @Nullable Change row, String where) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>(pipeline.features(result.row()));
    found.keySet().removeIf(name -> !name.startsWith("tables."));
    found.remove("tables.customers.id");
    found.remove("tables.customers.t");
    found.remove("tables.customers.shop");
    assertEquals(columns(row), found, where);
    if (result.row().event().stream().name().equals("payments")) {
      boolean vip = row != null && "vip".equals(row.tier);
      assertEquals(
          row == null ? "challenge" : vip ? "review" : "allow",
          Objects.requireNonNull(result.decision()).outcome(),
          where);
    }
  }

  private static Change change(Random random, int n, String key, long time) {
    String tier = random.nextInt(4) == 0 ? null : random.nextBoolean() ? "vip" : "new";
    Boolean closed = random.nextInt(4) == 0 ? null : random.nextInt(3) == 0;
    return new Change(n, time, key, tier, closed);
  }

  private static String values(Form form, Change change) {
    return "id=h%d t=%d customer=%s limit=%d%s%s%s"
        .formatted(
            change.number,
            change.time,
            change.key,
            change.number,
            change.closed == null ? "" : " closed=" + change.closed,
            change.tier == null ? "" : " tier=" + change.tier,
            form.pair ? " shop=s" : "");
  }
}
