package io.vigia.server;

import static io.vigia.server.LoopProcessor.payment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.DatabaseAddress;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two gateways on one log and one store. */
final class TwoGatewaysIT {
  private static final String TIME = "2026-01-01T00:00:00Z";
  private static final int EVENTS = 300;

  @Test
  void twoGateways_eachAnswersItsOwnAndTheStoreHasEachOnce() throws Exception {
    CompiledPipeline pipeline = TestPipeline.payments(TestPipeline.newName());
    DatabaseAddress database = TestServers.newDatabase();
    LoopProcessor processor = LoopProcessor.start(pipeline, 1);
    TestGateway one = TestGateway.start(pipeline, database);
    TestGateway two = TestGateway.start(pipeline, database);
    try (processor;
        one;
        two) {
      one.awaitReady();
      two.awaitReady();
      assertNotEquals(
          one.json("/v1/stats").getString("gateway"), two.json("/v1/stats").getString("gateway"));
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        TestGateway gateway = i % 2 == 0 ? one : two;
        answers.add(
            gateway.decideLater(payment("p" + i, "c" + i % 13, i % 10 == 0 ? 900 : 1, TIME)));
      }
      for (int i = 0; i < EVENTS; i++) {
        JsonObject decision = new JsonObject(answers.get(i).get().body());
        assertEquals("p" + i, decision.getString("event_id"), decision.encode());
      }
      String repeated = payment("p0", "c0", 900, TIME);
      assertEquals(one.decide(repeated).body(), two.decide(repeated).body());

      Await.until("all decisions in the store", () -> rows(database, "decisions") == EVENTS);
      assertEquals(0, one.server.duplicates(pipeline.name()));
      assertEquals(EVENTS, one.server.statistics().get(0).decisions());
      assertEquals(EVENTS, two.server.statistics().get(0).decisions());
      assertEquals(13, rows(database, "alerts"), "one for each card");
      assertEquals(EVENTS / 10, sum(database, "select sum(count) from alerts"));
    }
  }

  @Test
  void oneGatewayDies_theOtherTakesItsPartitions() throws Exception {
    CompiledPipeline pipeline = TestPipeline.payments(TestPipeline.newName());
    DatabaseAddress database = TestServers.newDatabase();
    LoopProcessor processor = LoopProcessor.start(pipeline, 1);
    TestGateway one = TestGateway.start(pipeline, database);
    TestGateway two = TestGateway.start(pipeline, database);
    try (processor;
        one) {
      one.awaitReady();
      two.awaitReady();
      for (int i = 0; i < 40; i++) {
        two.decide(payment("a" + i, "c" + i, 1, TIME));
      }
      two.close();
      for (int i = 0; i < 40; i++) {
        assertEquals(200, one.decide(payment("b" + i, "c" + i, 1, TIME)).statusCode());
      }
      Await.until("all decisions in the store", () -> rows(database, "decisions") == 80);
      assertTrue(one.server.storeStatus().connected());
    }
  }

  private static long rows(DatabaseAddress database, String table) throws Exception {
    return sum(database, "select count(*) from " + table);
  }

  private static long sum(DatabaseAddress database, String query) throws Exception {
    try (Connection connection = TestServers.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
