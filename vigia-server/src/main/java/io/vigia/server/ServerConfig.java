package io.vigia.server;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.health.HealthSource;
import io.vigia.server.store.DatabaseAddress;
import io.vigia.server.topic.TopicSettings;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What a server is started with.
 *
 * <p><b>Shape.</b> {@link #of} has the least; the {@code with} methods change one thing each.
 * {@code kafka} holds further settings for every Kafka client (security and the like); {@code
 * hosts} further names under which browsers may call (loopback names and {@code host} always may;
 * {@code *} for all); {@code freeBytes} says how much room is left for the data; port 0 takes any
 * that is free.
 */
public record ServerConfig(
    List<ServedPipeline> pipelines,
    String bootstrapServers,
    Map<String, String> kafka,
    DatabaseAddress database,
    String host,
    int port,
    Set<String> hosts,
    TopicSettings topics,
    ServerLimits limits,
    HealthSource processors,
    LongSupplier freeBytes,
    InstantSource clock) {

  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8080;

  public ServerConfig {
    pipelines = List.copyOf(pipelines);
    kafka = Map.copyOf(kafka);
    hosts = Set.copyOf(hosts);
    if (pipelines.isEmpty()) {
      throw new IllegalArgumentException("pipelines: must be at least one, got none");
    }
  }

  /** A server on loopback port 8080 with the default limits. */
  public static ServerConfig of(
      List<ServedPipeline> pipelines, String bootstrapServers, DatabaseAddress database) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        Map.of(),
        database,
        DEFAULT_HOST,
        DEFAULT_PORT,
        Set.of(),
        TopicSettings.DEFAULT,
        ServerLimits.DEFAULT,
        HealthSource.NONE,
        () -> Long.MAX_VALUE,
        InstantSource.system());
  }

  /** The pipelines by name. */
  Map<String, CompiledPipeline> compiled() {
    return pipelines.stream()
        .collect(Collectors.toUnmodifiableMap(ServedPipeline::name, ServedPipeline::pipeline));
  }

  /** The outcomes of each pipeline, from mild to severe. */
  Map<String, List<String>> outcomes() {
    return pipelines.stream()
        .collect(
            Collectors.toUnmodifiableMap(ServedPipeline::name, each -> each.pipeline().outcomes()));
  }

  /** The version of a pipeline; 0 of one that is not served. */
  int versionOf(String pipeline) {
    return pipelines.stream()
        .filter(each -> each.name().equals(pipeline))
        .mapToInt(ServedPipeline::version)
        .findFirst()
        .orElse(0);
  }

  /** The names under which browsers may call. */
  Set<String> allHosts() {
    Set<String> all = new LinkedHashSet<>(hosts);
    all.add(host);
    return all;
  }

  /** The same, listening elsewhere. */
  public ServerConfig withAddress(String newHost, int newPort) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        kafka,
        database,
        newHost,
        newPort,
        hosts,
        topics,
        limits,
        processors,
        freeBytes,
        clock);
  }

  /** The same, called by further names. */
  public ServerConfig withHosts(Set<String> newHosts) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        kafka,
        database,
        host,
        port,
        newHosts,
        topics,
        limits,
        processors,
        freeBytes,
        clock);
  }

  /** The same with further settings of the Kafka clients. */
  public ServerConfig withKafka(Map<String, String> newKafka) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        newKafka,
        database,
        host,
        port,
        hosts,
        topics,
        limits,
        processors,
        freeBytes,
        clock);
  }

  /** The same with other settings of new topics. */
  public ServerConfig withTopics(TopicSettings newTopics) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        kafka,
        database,
        host,
        port,
        hosts,
        newTopics,
        limits,
        processors,
        freeBytes,
        clock);
  }

  /** The same with other limits. */
  public ServerConfig withLimits(ServerLimits newLimits) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        kafka,
        database,
        host,
        port,
        hosts,
        topics,
        newLimits,
        processors,
        freeBytes,
        clock);
  }

  /** The same, told of the processors' health. */
  public ServerConfig withProcessors(HealthSource newProcessors) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        kafka,
        database,
        host,
        port,
        hosts,
        topics,
        limits,
        newProcessors,
        freeBytes,
        clock);
  }

  /** The same, told how much room is left for the data. */
  public ServerConfig withFreeBytes(LongSupplier newFreeBytes) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        kafka,
        database,
        host,
        port,
        hosts,
        topics,
        limits,
        processors,
        newFreeBytes,
        clock);
  }

  /** The same by another clock. */
  public ServerConfig withClock(InstantSource newClock) {
    return new ServerConfig(
        pipelines,
        bootstrapServers,
        kafka,
        database,
        host,
        port,
        hosts,
        topics,
        limits,
        processors,
        freeBytes,
        newClock);
  }
}
