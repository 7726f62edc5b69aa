package io.vigia.benchmarks.growth;

import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonObject;
import io.vigia.core.event.Event;
import io.vigia.flink.StateStorage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process that measures one point: fills, warms up, measures, and prints one object.
 *
 * <p><b>Shape.</b> Arguments are kind, size, who judges ({@code vigia}, {@code hand}, or a job by
 * its storage, {@code heap} or {@code rocksdb}), seconds of warm-up, seconds of measuring. The last
 * line of its output is JSON.
 */
public final class PointMain {
  private static final int CHUNK = 2_000;
  private static final double NANOS = 1e9;

  /** So many events of the beginning are in the hash that both contenders must share. */
  private static final int HASHED = 20_000;

  private final Engine engine;
  private final GrowthEvents source;
  private final Event[] events = new Event[CHUNK];
  private final Object[] judgements = new Object[CHUNK];
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long done;
  private long fired;
  private long hash;

  private PointMain(Point.Run run) {
    this.engine = run.engine();
    this.source = run.events();
  }

  /** What a chunk took. */
  private record Took(long nanos, long cpuNanos, long bytes) {}

  /** Measures the point that the arguments describe. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Point point = new Point(args[0], Integer.parseInt(args[1]), args[2].equals("hand"));
    double warmSeconds = Double.parseDouble(args[3]);
    double seconds = Double.parseDouble(args[4]);
    Optional<StateStorage> state = StateStorage.of(args[2]);
    JsonObject measured;
    if (state.isPresent()) {
      measured = JobPoint.measure(point, state.get(), warmSeconds, seconds);
    } else {
      Point.Run run = point.open();
      measured = new PointMain(run).measure(run.fill(), warmSeconds, seconds);
    }
    System.out.println(measured.encode());
    // The embedded Flink leaves threads that are no daemons.
    System.exit(0);
  }

  private JsonObject measure(long fill, double warmSeconds, double seconds) {
    long start = System.nanoTime();
    while (done < fill || System.nanoTime() - start < warmSeconds * NANOS) {
      chunk();
    }
    long firedBefore = fired;
    long before = done;
    List<Took> chunks = new ArrayList<>();
    long nanos = 0;
    while (nanos < seconds * NANOS) {
      Took took = chunk();
      chunks.add(took);
      nanos += took.nanos;
    }
    long events = done - before;
    long heap = heapBytes();
    return new JsonObject()
        .put("events_per_second", Math.round(events * NANOS / nanos))
        .put("cpu_s_per_million", chunks.stream().mapToLong(Took::cpuNanos).sum() / 1e3 / events)
        .put("bytes_per_event", chunks.stream().mapToLong(Took::bytes).sum() / events)
        .put("fired", (fired - firedBefore) / (double) events)
        .put("keys", engine.keys())
        .put("heap_bytes", heap)
        .put("heap_bytes_per_key", heap / engine.keys())
        .put("hash", Long.toHexString(hash));
  }

  /** Events are made before and looked at after; only the judging is timed. */
  private Took chunk() {
    for (int i = 0; i < CHUNK; i++) {
      events[i] = source.next();
    }
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    long before = System.nanoTime();
    for (int i = 0; i < CHUNK; i++) {
      judgements[i] = engine.judge(events[i]);
    }
    long nanos = System.nanoTime() - before;
    cpu = threads.getCurrentThreadCpuTime() - cpu;
    bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
    for (int i = 0; i < CHUNK; i++) {
      boolean one = engine.fired(judgements[i]);
      fired += one ? 1 : 0;
      hash = done < HASHED ? hash * 31 + (one ? 1 : 2) : hash;
      done++;
    }
    return new Took(nanos, cpu, bytes);
  }

  private static long heapBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
