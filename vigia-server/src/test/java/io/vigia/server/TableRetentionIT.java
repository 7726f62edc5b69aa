package io.vigia.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.DatabaseAddress;
import io.vigia.server.topic.TopicSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

/** The log keeps the events that tables are made of. */
final class TableRetentionIT {
  private static final String DAY = "86400000";
  private static final TopicSettings ONE_DAY =
      new TopicSettings(1, null, Duration.ofDays(1), 1_000_000_000L);

  private static final String FILE =
      """
      vigia: 1
      pipeline: %1$s
      streams:
        payments:
          key: card
          fields: {card: string, customer: string}
        customer_changes:
          key: customer
          topic: %2$s
          fields: {customer: string, tier: string}
        session_changes:
          key: customer
          out_of_order: 1s
          fields: {customer: string, place: string}
      %3$s
      rules:
        - {id: vip, on: payments, when: '%4$s', outcome: review}
      """;

  private static final String TABLES =
      """
      tables:
        customers: {on: customer_changes, key: customer}
        sessions: {on: session_changes, key: customer, columns: place, expires: 2d}
      """;

  private static CompiledPipeline pipeline(String name, String topic, boolean tables) {
    String condition = "tables.customers.tier == \"vip\" && tables.sessions.place == \"here\"";
    return TestPipeline.compile(
        FILE.formatted(name, topic, tables ? TABLES : "", tables ? condition : "true"));
  }

  private static void start(CompiledPipeline pipeline, DatabaseAddress database) {
    try (TestGateway gateway =
        TestGateway.start(pipeline, database, config -> config.withTopics(ONE_DAY))) {
      JsonObject shown = gateway.json("/v1/pipelines");
      assertEquals(
          pipeline.definition().tables().size(),
          shown.getJsonArray("pipelines").getJsonObject(0).getJsonArray("tables").size());
    }
  }

  private static String retention(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        Objects.requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource));
    return config.get(TopicConfig.RETENTION_MS_CONFIG).value()
        + " "
        + config.get(TopicConfig.RETENTION_BYTES_CONFIG).value();
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()));
  }

  @Test
  void start_newTopics_keepRowsAsLongAsTheyLive() throws Exception {
    String name = TestPipeline.newName();
    start(pipeline(name, name + ".changes", true), TestServers.newDatabase());
    try (Admin admin = admin()) {
      assertEquals(DAY + " 1000000000", retention(admin, name + ".payments"));
      assertEquals("-1 -1", retention(admin, name + ".changes"));
      assertEquals((2 * 86_400_000L + 1_000) + " -1", retention(admin, name + ".session_changes"));
    }
  }

  @Test
  void start_tableAddedToAStream_keepsItsTopicFromThenOn() throws Exception {
    String name = TestPipeline.newName();
    DatabaseAddress database = TestServers.newDatabase();
    start(pipeline(name, name + ".changes", false), database);
    try (Admin admin = admin()) {
      assertEquals(DAY + " 1000000000", retention(admin, name + ".changes"));
      start(pipeline(name, name + ".changes", true), database);
      assertEquals("-1 -1", retention(admin, name + ".changes"));
      assertEquals(DAY + " 1000000000", retention(admin, name + ".payments"));
    }
  }

  @Test
  void start_topicOfSomebodyElse_isLeftAsItIs() throws Exception {
    String name = TestPipeline.newName();
    String theirs = "theirs-" + name;
    try (Admin admin = admin()) {
      NewTopic topic =
          new NewTopic(theirs, 1, (short) 1).configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, DAY));
      admin.createTopics(Set.of(topic)).all().get();
      start(pipeline(name, theirs, true), TestServers.newDatabase());
      assertEquals(DAY + " -1", retention(admin, theirs));
    }
  }
}
