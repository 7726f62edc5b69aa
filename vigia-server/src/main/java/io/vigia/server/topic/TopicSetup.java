package io.vigia.server.topic;

import io.vigia.core.problem.EnvironmentException;
import io.vigia.server.topic.TopicRegistry.KnownTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that are missing and checks those that exist against what was recorded.
 *
 * <p><b>Errors.</b> {@link EnvironmentException} when Kafka does not answer, when a topic has
 * another number of partitions than recorded, or when another number is asked for than there is:
 * the order of a key's events and the stored positions hang on it.
 */
public final class TopicSetup {
  /*
   * A partition count is recorded with the topic's id, outside of the log. Of four cases:
   *
   *   topic    recorded
   *   exists   no        taken over as it is and recorded
   *   exists   yes       the counts must be equal; another id is recorded anew and reported, for
   *                      the positions that are stored for it mean nothing any more
   *   missing  no        made with the count asked for
   *   missing  yes       made again with the recorded count: somebody threw the log away
   */
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  private static final Map<String, String> COMPACTED =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

  /** Kafka's own, where nothing else is asked for. */
  private static final Duration RETENTION_USUAL = Duration.ofDays(7);

  private static final int APPEAR_ATTEMPTS = 100;
  private static final Duration APPEAR_PAUSE = Duration.ofMillis(50);

  private final KafkaClients clients;
  private final TopicSettings settings;
  private final TopicRegistry registry;

  public TopicSetup(KafkaClients clients, TopicSettings settings, TopicRegistry registry) {
    this.clients = clients;
    this.settings = settings;
    this.registry = registry;
  }

  /** What the topics are like once all is well. */
  public TopicLayout run(Collection<PipelineTopics> pipelines) {
    Set<String> wanted = new LinkedHashSet<>();
    Map<String, Map<String, String>> compacted = new LinkedHashMap<>();
    for (PipelineTopics topics : pipelines) {
      wanted.addAll(topics.partitioned());
      compacted.put(topics.versions(), COMPACTED);
      compacted.put(topics.lists(), listConfig());
    }
    Set<String> all = new LinkedHashSet<>(wanted);
    all.addAll(compacted.keySet());
    Map<String, KnownTopic> known = registry.read();
    try (Admin admin = clients.admin()) {
      Map<String, KnownTopic> found = describe(admin, all);
      TableRetention tables = new TableRetention(admin, pipelines, settings);
      List<NewTopic> missing = newTopics(wanted, compacted, tables, known, found);
      create(admin, missing);
      found = describeAll(admin, all);
      awaitLeaders(admin, missing, found);
      check(pipelines, known, found);
      tables.check();
      registry.write(found.values());
      return layout(known, found);
    } catch (ExecutionException e) {
      throw noAnswer(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noAnswer(e);
    }
  }

  private List<NewTopic> newTopics(
      Set<String> wanted,
      Map<String, Map<String, String>> compacted,
      TableRetention tables,
      Map<String, KnownTopic> known,
      Map<String, KnownTopic> found) {
    List<NewTopic> made = new ArrayList<>();
    for (String name : wanted) {
      if (!found.containsKey(name)) {
        Map<String, String> config = eventConfig();
        config.putAll(tables.configOf(name));
        made.add(newTopic(name, partitionsFor(name, known)).configs(config));
      }
    }
    compacted.forEach(
        (name, config) -> {
          if (!found.containsKey(name)) {
            made.add(newTopic(name, 1).configs(config));
          }
        });
    return made;
  }

  /**
   * The changes of lists: for as long as events are kept, all that was said about a value is kept,
   * so that a replay sees every list as it was. The times of the log say when a change took effect.
   */
  private Map<String, String> listConfig() {
    Duration kept = settings.retention() == null ? RETENTION_USUAL : settings.retention();
    long keptMs = kept.isNegative() || kept.isZero() ? Long.MAX_VALUE : kept.toMillis();
    Map<String, String> config = new HashMap<>(COMPACTED);
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    config.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(keptMs));
    return config;
  }

  private int partitionsFor(String name, Map<String, KnownTopic> known) {
    KnownTopic before = known.get(name);
    if (before != null) {
      LOG.warn("topic {} was there before and is missing now: making it anew, empty", name);
      return before.partitions();
    }
    Integer asked = settings.partitions();
    return asked == null ? TopicSettings.DEFAULT_PARTITIONS : asked;
  }

  private NewTopic newTopic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.ofNullable(settings.replication()));
  }

  private Map<String, String> eventConfig() {
    Map<String, String> config = new HashMap<>();
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    if (settings.retention() != null) {
      config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(settings.retention().toMillis()));
    }
    if (settings.retentionBytes() != null) {
      config.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(settings.retentionBytes()));
    }
    return config;
  }

  private static void create(Admin admin, List<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    for (KafkaFuture<Void> made : admin.createTopics(topics).values().values()) {
      try {
        made.get();
      } catch (ExecutionException e) {
        // Another gateway that starts at the same moment may have been faster.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private static Map<String, KnownTopic> describe(Admin admin, Set<String> names)
      throws ExecutionException, InterruptedException {
    Map<String, KnownTopic> found = new TreeMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> entry :
        admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        TopicDescription topic = entry.getValue().get();
        found.put(
            topic.name(),
            new KnownTopic(topic.name(), topic.partitions().size(), topic.topicId().toString()));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return found;
  }

  /** Waits until new topics can be written to: until then a producer would warn and try again. */
  private static void awaitLeaders(Admin admin, List<NewTopic> made, Map<String, KnownTopic> found)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : made) {
      int partitions = Objects.requireNonNull(found.get(topic.name())).partitions();
      for (int partition = 0; partition < partitions; partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    admin.listOffsets(ends).all().get();
  }

  /** Describes topics that must exist; a new one may take a moment to be known everywhere. */
  private Map<String, KnownTopic> describeAll(Admin admin, Set<String> names)
      throws ExecutionException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Map<String, KnownTopic> found = describe(admin, names);
      if (found.keySet().containsAll(names)) {
        return found;
      }
      if (attempt == APPEAR_ATTEMPTS) {
        Set<String> missing = new LinkedHashSet<>(names);
        missing.removeAll(found.keySet());
        throw new EnvironmentException(
            "these topics were made but do not appear: " + String.join(", ", missing),
            "look at the state of Kafka at " + clients.bootstrapServers() + " and start again");
      }
      Thread.sleep(APPEAR_PAUSE.toMillis());
    }
  }

  private void check(
      Collection<PipelineTopics> pipelines,
      Map<String, KnownTopic> known,
      Map<String, KnownTopic> found) {
    for (PipelineTopics topics : pipelines) {
      for (String name : topics.partitioned()) {
        KnownTopic now = Objects.requireNonNull(found.get(name));
        // A topic that the pipeline's file names belongs to somebody else, who chose its
        // partitions.
        Integer asked = topics.isOwn(name) ? settings.partitions() : null;
        check(now, known.get(name), asked);
      }
    }
  }

  private static void check(KnownTopic now, @Nullable KnownTopic before, @Nullable Integer asked) {
    String name = now.name();
    if (before != null && before.partitions() != now.partitions()) {
      throw new EnvironmentException(
          ("topic '%s' has %d partitions but had %d at the first start,"
                  + " and the order of its events hangs on that number")
              .formatted(name, now.partitions(), before.partitions()),
          ("copy its records to a topic of %d partitions under that name,"
                  + " or start with an empty store")
              .formatted(before.partitions()));
    }
    if (asked != null && asked != now.partitions()) {
      throw new EnvironmentException(
          ("topic '%s' has %d partitions, %d were asked for,"
                  + " and a topic keeps its partitions for life")
              .formatted(name, now.partitions(), asked),
          "ask for %d, or begin anew with an empty log and store".formatted(now.partitions()));
    }
  }

  private static TopicLayout layout(Map<String, KnownTopic> known, Map<String, KnownTopic> found) {
    Map<String, Integer> partitions = new HashMap<>();
    Set<String> renewed = new HashSet<>();
    for (KnownTopic now : found.values()) {
      partitions.put(now.name(), now.partitions());
      @Nullable KnownTopic before = known.get(now.name());
      if (before != null && !before.id().equals(now.id())) {
        renewed.add(now.name());
      }
    }
    return new TopicLayout(partitions, renewed);
  }

  private EnvironmentException noAnswer(Throwable cause) {
    return new EnvironmentException(
        "Kafka at %s did not set up the topics: %s"
            .formatted(clients.bootstrapServers(), cause.getMessage()),
        "check that Kafka runs at that address and that topics may be made there",
        cause);
  }
}
