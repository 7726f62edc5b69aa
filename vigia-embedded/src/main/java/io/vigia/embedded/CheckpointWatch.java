package io.vigia.embedded;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the checkpoints of the running jobs soon after Flink completes them, on a thread of its
 * own.
 */
final class CheckpointWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CheckpointWatch.class);
  private static final long PERIOD_MS = 200;

  private final List<Checkpoints> watched = new CopyOnWriteArrayList<>();
  private final Set<String> jobs = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::loop, "checkpoint-watch");

  CheckpointWatch() {
    thread.setDaemon(true);
    thread.start();
  }

  void watch(Checkpoints checkpoints) {
    watched.add(checkpoints);
  }

  /** Has the checkpoints of {@code job} sealed from now on. */
  void watch(JobID job) {
    jobs.add(job.toHexString());
  }

  /** Seals the last checkpoints of {@code job}, which has ended, and leaves them be. */
  void release(JobID job) {
    pass();
    jobs.remove(job.toHexString());
  }

  /** Seals what is complete and removes what is no longer needed. */
  private synchronized void pass() {
    for (Checkpoints checkpoints : watched) {
      checkpoints.seal(jobs);
      checkpoints.retire(EmbeddedFlink.CHECKPOINTS_RETAINED, jobs);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void loop() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(PERIOD_MS);
        pass();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // Flink removes files while they are looked at; what is whole is sealed the next time.
        log.debug("checkpoints are not sealed: {}", Reasons.of(e));
      }
    }
  }
}
