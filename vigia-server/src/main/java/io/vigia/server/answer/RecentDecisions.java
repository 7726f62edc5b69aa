package io.vigia.server.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * The first decision of each recent id, as its bytes came through the log.
 *
 * <p><b>Units and bounds.</b> {@code bytesMax} bytes of decisions; the least used are forgotten.
 * O(1).
 *
 * <p>Safe for any number of threads.
 */
public final class RecentDecisions {
  /*
   * The first decision of an id is the valid one. This cache sees the decisions in the order of
   * their partition, so the first it sees is the first there is, with two exceptions: what was
   * decided before it began to watch, and what it has forgotten since. After a crash the processor
   * decides events again that it decided before; so nothing is kept until the gateway is ready,
   * which is when the processor has caught up; and the store, which knows every id, takes out what
   * turns out to be a second decision.
   */
  private static final int OVERHEAD_BYTES = 150;

  private final Cache<String, byte[]> bodies;
  private volatile boolean trusted;

  public RecentDecisions(long bytesMax) {
    this.bodies =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher((String id, byte[] body) -> body.length + OVERHEAD_BYTES)
            .build();
  }

  /** From now on what comes is new, and not what the processor decides again after a crash. */
  public void trust() {
    trusted = true;
  }

  /** Keeps a decision unless there is one of that id; the one that is kept afterwards. */
  public byte[] firstOf(String id, byte[] body) {
    if (!trusted) {
      return body;
    }
    byte[] first = bodies.asMap().putIfAbsent(id, body);
    return first == null ? body : first;
  }

  /** The first decision of an id, or null when it is not known here. */
  public byte @Nullable [] find(String id) {
    return bodies.getIfPresent(id);
  }

  /** Forgets an id of which the store knows an earlier decision. */
  public void forget(String id) {
    bodies.invalidate(id);
  }

  /** Forgets all of them. */
  public void clear() {
    bodies.invalidateAll();
  }
}
