package io.vigia.server.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the clients of one Kafka, all with the user's own settings (security and the like) beneath
 * those that their purpose needs.
 */
public final class KafkaClients {
  /** How long the set-up waits for Kafka before it says that Kafka does not answer. */
  static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(15);

  private final String bootstrapServers;
  private final Map<String, String> settings;

  public KafkaClients(String bootstrapServers, Map<String, String> settings) {
    this.bootstrapServers = bootstrapServers;
    this.settings = Map.copyOf(settings);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** A client that sets up and asks. */
  public Admin admin() {
    Map<String, Object> config = base();
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ADMIN_TIMEOUT.toMillis());
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return Admin.create(config);
  }

  /** A producer whose records are acknowledged by all replicas and never written twice. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> purpose) {
    Map<String, Object> config = base();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.putAll(purpose);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer that keeps its own count of positions. */
  public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> purpose) {
    Map<String, Object> config = base();
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.putAll(purpose);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> base() {
    Map<String, Object> config = new HashMap<>(settings);
    config.put("bootstrap.servers", bootstrapServers);
    // A lost connection is tried again soon: a restarted broker must not be missed for seconds.
    config.put("reconnect.backoff.ms", 50L);
    config.put("reconnect.backoff.max.ms", 1_000L);
    return config;
  }
}
