package io.vigia.core.replay;

import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** When which key must be told that time has passed: one timer a key. */
final class Timers {
  /*
   * A timer is set for the time at which its key's silence would complete a pattern if nothing more came. When
   * something has come it goes off too early, finds nothing and is set again: a busy key costs no timer an event.
   */
  private final List<Stage> stages;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Map<Owner, Long> set = new HashMap<>();

  Timers(List<Stage> stages) {
    this.stages = stages;
  }

  private record Owner(int stage, String key) {}

  /** A key of a stage and its time; of equal times the stage and the key decide. */
  record Due(long timeMs, int stage, String key) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(timeMs, other.timeMs);
      int byStage = byTime != 0 ? byTime : Integer.compare(stage, other.stage);
      return byStage != 0 ? byStage : key.compareTo(other.key);
    }
  }

  /** Sets a key's timer where it needs one and has none, or a later one. */
  void watch(int stage, String key, KeyState state) {
    if (!stages.get(stage).hasTimers()) {
      return;
    }
    long due = stages.get(stage).nextDueMs(state);
    Owner owner = new Owner(stage, key);
    Long known = set.get(owner);
    if (due < Long.MAX_VALUE && (known == null || due < known)) {
      set.put(owner, due);
      queue.add(new Due(due, stage, key));
    }
  }

  /** Takes the next timer that is due by then; null when there is none. */
  @Nullable Due next(long timeMs) {
    Due first = queue.peek();
    while (first != null && first.timeMs <= timeMs) {
      queue.remove();
      Owner owner = new Owner(first.stage, first.key);
      Long known = set.get(owner);
      // One that was set again for an earlier time has gone off already.
      if (known != null && known == first.timeMs) {
        set.remove(owner);
        return first;
      }
      first = queue.peek();
    }
    return null;
  }
}
