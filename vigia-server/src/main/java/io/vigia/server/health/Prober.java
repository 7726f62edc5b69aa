package io.vigia.server.health;

import io.vigia.server.topic.ReplyAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends records through one pipeline that must come back, and so knows whether its way is open.
 *
 * <p>At the start one through every partition of every event topic; once all are back the pipeline
 * is open for good. From then on one every two seconds, through one partition after the other.
 *
 * <p><b>Units and bounds.</b> At most one probe more every ten seconds while the last has not come
 * back.
 *
 * <p>Safe for several threads; time comes in by parameter, in nanoseconds.
 */
public final class Prober {
  private static final long PERIOD_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long AGAIN_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long STUCK_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int OUTSTANDING_MAX = 1_000;

  private final String pipeline;
  private final List<TopicPartition> partitions;
  private final Supplier<ReplyAddress> addresses;
  private final Sender sender;
  private final Set<TopicPartition> unproven;
  private final Map<Long, Probe> outstanding = new HashMap<>();
  private long sent;
  private long lastSentNanos;
  private long roundTripNanos = -1;
  private int turn;

  /**
   * A prober of a pipeline.
   *
   * @param partitions all partitions of its event topics
   * @param addresses gives each probe its own reply address
   */
  public Prober(
      String pipeline,
      Collection<TopicPartition> partitions,
      Supplier<ReplyAddress> addresses,
      Sender sender) {
    this.pipeline = pipeline;
    this.partitions = List.copyOf(partitions);
    this.addresses = addresses;
    this.sender = sender;
    this.unproven = new HashSet<>(partitions);
  }

  public String pipeline() {
    return pipeline;
  }

  /** Sends what is due; to be called several times a second. */
  public synchronized void tick(long nowNanos) {
    if (!unproven.isEmpty()) {
      proveAll(nowNanos);
    } else if (outstanding.isEmpty()
        ? nowNanos - lastSentNanos >= PERIOD_NANOS
        : nowNanos - lastSentNanos >= AGAIN_NANOS) {
      send(partitions.get(turn++ % partitions.size()), nowNanos);
    }
  }

  /** A probe has come back. */
  public synchronized void returned(long number, long nowNanos) {
    Probe probe = outstanding.remove(number);
    if (probe == null) {
      return;
    }
    roundTripNanos = nowNanos - probe.sentNanos;
    if (unproven.remove(probe.partition) && unproven.isEmpty()) {
      outstanding.clear();
    } else if (unproven.isEmpty()) {
      // Those sent before it through other partitions must not hide that the way is open again.
      outstanding.values().removeIf(each -> each.sentNanos <= probe.sentNanos);
    }
  }

  /** A probe was not taken by the log. */
  synchronized void lost(long number) {
    outstanding.remove(number);
  }

  /** Whether every partition has been passed through since the start. */
  public synchronized boolean isOpen() {
    return unproven.isEmpty();
  }

  /** What is wrong with the way; empty when nothing is. */
  public synchronized String fault(long nowNanos) {
    if (!unproven.isEmpty()) {
      return "%d of %d partitions have not returned their first probe"
          .formatted(unproven.size(), partitions.size());
    }
    long oldest = outstanding.values().stream().mapToLong(Probe::sentNanos).min().orElse(nowNanos);
    long silent = nowNanos - oldest;
    return silent < STUCK_NANOS
        ? ""
        : "no probe has come back for %d s".formatted(Duration.ofNanos(silent).toSeconds());
  }

  /** How long the last probe that came back was under way, in nanoseconds; -1 before. */
  public synchronized long roundTripNanos() {
    return roundTripNanos;
  }

  /** How many probes the log has been given. */
  public synchronized long sent() {
    return sent;
  }

  private void proveAll(long nowNanos) {
    for (TopicPartition partition : Set.copyOf(unproven)) {
      boolean underWay =
          outstanding.values().stream()
              .anyMatch(
                  each ->
                      each.partition.equals(partition) && nowNanos - each.sentNanos < AGAIN_NANOS);
      if (!underWay) {
        send(partition, nowNanos);
      }
    }
  }

  private void send(TopicPartition partition, long nowNanos) {
    if (outstanding.size() >= OUTSTANDING_MAX) {
      return;
    }
    ReplyAddress address = addresses.get();
    outstanding.put(address.number(), new Probe(partition, nowNanos));
    lastSentNanos = nowNanos;
    sent++;
    sender.send(
        partition,
        address,
        () -> {
          synchronized (this) {
            sent--;
            lost(address.number());
          }
        });
  }

  /** Brings probes to the log. */
  @FunctionalInterface
  public interface Sender {
    /** Appends a probe; {@code failed} is run where the log does not take it. Must not wait. */
    void send(TopicPartition partition, ReplyAddress address, Runnable failed);
  }

  private record Probe(TopicPartition partition, long sentNanos) {}
}
