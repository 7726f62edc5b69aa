package io.vigia.server.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the log keeps what tables are made of: a job that begins without state finds the
 * rows there alone.
 *
 * <p><b>Shape.</b> A topic of the pipeline's own is kept as long as its rows live, for ever where
 * they do not end, whatever {@code --retention} says; one that keeps less, for a table was added to
 * its stream, is changed. A topic that the file names belongs to somebody else, who is warned.
 */
final class TableRetention {
  private static final Logger LOG = LoggerFactory.getLogger(TableRetention.class);
  private static final String FOR_EVER = "-1";

  private final Admin admin;
  private final TopicSettings settings;
  private final Map<String, Long> keptMs = new HashMap<>();
  private final Set<String> own = new HashSet<>();

  TableRetention(Admin admin, Collection<PipelineTopics> pipelines, TopicSettings settings) {
    this.admin = admin;
    this.settings = settings;
    for (PipelineTopics topics : pipelines) {
      topics.keptMs().forEach((topic, ms) -> keptMs.merge(topic, ms, Math::max));
      topics.keptMs().keySet().stream().filter(topics::isOwn).forEach(own::add);
    }
  }

  /** What a new topic is made with beyond what all have; empty where no table needs it. */
  Map<String, String> configOf(String topic) {
    Long kept = keptMs.get(topic);
    return kept == null ? Map.of() : config(kept);
  }

  private Map<String, String> config(long kept) {
    Duration usual = settings.retention();
    long ms = usual == null ? kept : Math.max(kept, usual.toMillis());
    return Map.of(
        TopicConfig.RETENTION_MS_CONFIG,
        ms == Long.MAX_VALUE ? FOR_EVER : Long.toString(ms),
        TopicConfig.RETENTION_BYTES_CONFIG,
        FOR_EVER);
  }

  /** Looks at the topics that are there. */
  void check() throws ExecutionException, InterruptedException {
    if (keptMs.isEmpty()) {
      return;
    }
    List<ConfigResource> asked = new ArrayList<>();
    keptMs.keySet().forEach(topic -> asked.add(resource(topic)));
    for (Map.Entry<ConfigResource, Config> each :
        admin.describeConfigs(asked).all().get().entrySet()) {
      String topic = each.getKey().name();
      long needed = keptMs.getOrDefault(topic, 0L);
      if (isLess(each.getValue(), needed)) {
        if (own.contains(topic)) {
          raise(topic, needed);
        } else {
          LOG.warn(
              "topic {} keeps events for less time than the rows live that tables make of them: {}."
                  + " A job that begins without state will miss rows; set {}={} for it",
              topic,
              shown(each.getValue()),
              TopicConfig.RETENTION_MS_CONFIG,
              needed == Long.MAX_VALUE ? FOR_EVER : Long.toString(needed));
        }
      }
    }
  }

  private void raise(String topic, long needed) throws ExecutionException, InterruptedException {
    List<AlterConfigOp> changes = new ArrayList<>();
    config(needed)
        .forEach(
            (name, value) ->
                changes.add(
                    new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
    admin.incrementalAlterConfigs(Map.of(resource(topic), changes)).all().get();
    LOG.info("topic {} is kept from now on as long as the rows live that tables make of it", topic);
  }

  private static boolean isLess(Config config, long needed) {
    long ms = number(config, TopicConfig.RETENTION_MS_CONFIG);
    long bytes = number(config, TopicConfig.RETENTION_BYTES_CONFIG);
    String policy = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
    boolean deleted = policy == null || policy.contains(TopicConfig.CLEANUP_POLICY_DELETE);
    return deleted && ((ms >= 0 && ms < needed) || bytes >= 0);
  }

  private static String shown(Config config) {
    return TopicConfig.RETENTION_MS_CONFIG
        + "="
        + value(config, TopicConfig.RETENTION_MS_CONFIG)
        + ", "
        + TopicConfig.RETENTION_BYTES_CONFIG
        + "="
        + value(config, TopicConfig.RETENTION_BYTES_CONFIG);
  }

  private static long number(Config config, String name) {
    String value = value(config, name);
    return value == null ? -1 : Long.parseLong(value);
  }

  private static @Nullable String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null ? null : entry.value();
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
