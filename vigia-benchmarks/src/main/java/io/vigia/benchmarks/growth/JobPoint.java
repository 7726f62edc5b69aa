package io.vigia.benchmarks.growth;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.JobFolder;
import io.vigia.core.event.Event;
import io.vigia.embedded.DataFolder;
import io.vigia.embedded.EmbeddedFlink;
import io.vigia.flink.FedJob;
import io.vigia.flink.JobSettings;
import io.vigia.flink.StateStorage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.JobID;

/**
 * Measures a point as a Flink job of one thread, with a checkpoint every five seconds: the same
 * figures as {@link PointMain}, those of the whole job, and the bytes of its newest checkpoint.
 */
final class JobPoint implements FedJob.Feed {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final double NANOS = 1e9;
  private static final int HASHED = 20_000;
  private static final byte[] FIRED = "\"outcome\":\"review\"".getBytes(StandardCharsets.UTF_8);

  private final GrowthEvents source;
  private final long fill;
  private final long warmNanos;
  private final long nanos;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final CountDownLatch ended = new CountDownLatch(1);

  private long given;
  private long judged;
  private long fired;
  private long hash;
  private Mark first = new Mark(0, 0, 0, 0);
  private Mark last = first;
  private long startNanos;

  private record Mark(long events, long nanos, long cpuNanos, long bytes) {}

  private JobPoint(Point.Run run, double warmSeconds, double seconds) {
    this.source = run.events();
    this.fill = run.fill();
    this.warmNanos = (long) (warmSeconds * NANOS);
    this.nanos = (long) (seconds * NANOS);
  }

  static JsonObject measure(Point point, StateStorage state, double warmSeconds, double seconds)
      throws IOException, InterruptedException {
    Point.Run run = point.open();
    JobPoint measured = new JobPoint(run, warmSeconds, seconds);
    try (JobFolder folder = JobFolder.create();
        DataFolder data = DataFolder.open(folder.data());
        EmbeddedFlink flink = EmbeddedFlink.start(data, 1, state == StateStorage.ROCKSDB)) {
      JobSettings settings =
          new JobSettings(
              "none:1",
              1,
              state,
              "file://" + folder.checkpoints(),
              CHECKPOINT_INTERVAL,
              null,
              Map.of());
      JobID job = flink.submit(FedJob.of(run.pipeline(), settings, measured));
      flink.awaitRunning(job, START_MAX);
      measured.ended.await();
      long heap = heapBytes();
      long completed = flink.health(job).checkpointsCompleted();
      flink.stop(job);
      return measured
          .json(point)
          .put("heap_bytes", heap)
          .put("heap_bytes_per_key", heap / point.keys())
          .put("checkpoints", completed)
          .put("checkpoint_bytes", folder.newestCheckpointBytes());
    }
  }

  @Override
  public Event next() {
    long now = System.nanoTime();
    if (given == 0) {
      startNanos = now;
    }
    if (first.nanos == 0 && given >= fill && now - startNanos >= warmNanos) {
      first = mark(now);
    } else if (first.nanos != 0 && last.nanos == 0 && now - first.nanos >= nanos) {
      last = mark(now);
      ended.countDown();
    }
    given++;
    return source.next();
  }

  private Mark mark(long now) {
    return new Mark(
        given, now, system.getProcessCpuTime(), threads.getCurrentThreadAllocatedBytes());
  }

  @Override
  public void judged(byte[] value) {
    if (judged++ < HASHED) {
      hash = hash * 31 + Arrays.hashCode(value);
      fired += contains(value, FIRED) ? 1 : 0;
    }
  }

  private static boolean contains(byte[] text, byte[] part) {
    for (int at = 0; at <= text.length - part.length; at++) {
      if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private JsonObject json(Point point) {
    long events = last.events - first.events;
    return new JsonObject()
        .put("events_per_second", Math.round(events * NANOS / (last.nanos - first.nanos)))
        .put("cpu_s_per_million", (last.cpuNanos - first.cpuNanos) / 1e3 / events)
        .put("bytes_per_event", (last.bytes - first.bytes) / events)
        .put("fired", fired / (double) HASHED)
        .put("keys", point.keys())
        .put("hash", Long.toHexString(hash));
  }

  private static long heapBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
