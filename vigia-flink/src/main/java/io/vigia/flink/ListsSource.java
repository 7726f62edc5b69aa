package io.vigia.flink;

import io.vigia.core.event.Lists;
import io.vigia.core.pipeline.CompiledPipeline;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the changes of a pipeline's lists are, as it travels with the job.
 *
 * <p><b>Shape.</b> {@code lists} are their names and types, by which they are read.
 *
 * <p>The operators of one process share what they know: the first one that opens begins to follow
 * the topic, the last one that closes ends it.
 */
record ListsSource(
    String bootstrapServers, String topic, List<String> lists, Map<String, String> kafka)
    implements Serializable {
  private static final Map<ListsSource, Shared> FOLLOWED = new HashMap<>();

  ListsSource {
    lists = List.copyOf(lists);
    kafka = new HashMap<>(kafka);
  }

  /** Where a pipeline's lists change in the log that the job reads. */
  static ListsSource of(CompiledPipeline pipeline, JobSettings settings) {
    List<String> lists =
        pipeline.definition().lists().stream().map(list -> list.name() + " " + list.of()).toList();
    return new ListsSource(
        settings.bootstrapServers(), pipeline.name() + ".lists", lists, settings.kafka());
  }

  /** Who follows, and for how many. */
  private static final class Shared {
    private final ListsFollower follower;
    private int users;

    Shared(ListsFollower follower) {
      this.follower = follower;
    }
  }

  /** What is known here of the lists. */
  interface Known {
    /**
     * The lists by which the next event is judged.
     *
     * @throws IllegalStateException once their changes are not followed any more: judging on would
     *     be by lists of some time ago, so the task fails, and the job is started again by Flink
     */
    Lists lists();

    /** How many changes were learnt only after they had taken effect. */
    long missed();
  }

  /** Those of a pipeline without any, about which nothing can be changed. */
  private static final Known NONE =
      new Known() {
        @Override
        public Lists lists() {
          return Lists.AS_DECLARED;
        }

        @Override
        public long missed() {
          return 0;
        }
      };

  /**
   * The lists as they are known here from now on; all that was said about them so far is known when
   * this returns.
   */
  Known open(CompiledPipeline pipeline) {
    if (lists.isEmpty()) {
      return NONE;
    }
    Shared shared;
    synchronized (FOLLOWED) {
      shared =
          FOLLOWED.computeIfAbsent(this, source -> new Shared(new ListsFollower(source, pipeline)));
      shared.users++;
    }
    shared.follower.awaitLevel();
    return shared.follower;
  }

  /** Ends what {@link #open} began. */
  void close() {
    synchronized (FOLLOWED) {
      Shared shared = FOLLOWED.get(this);
      if (shared != null && --shared.users == 0) {
        FOLLOWED.remove(this);
        shared.follower.close();
      }
    }
  }
}
