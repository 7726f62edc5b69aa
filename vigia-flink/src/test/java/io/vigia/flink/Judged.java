package io.vigia.flink;

import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The events that a job of this process is to judge, and the records it made of them. Source and
 * collector find it by its number, as they are serialized with the job.
 */
final class Judged {
  /** Behind the last event: when it has come through, so has all before it. */
  static final OutputRecord END = new OutputRecord("end", new byte[0], new byte[0], List.of());

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Map<Integer, Judged> OPEN = new ConcurrentHashMap<>();

  private final int number = NUMBERS.incrementAndGet();
  private final List<Event> events;
  private final long outOfOrderMs;
  private final List<OutputRecord> records = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> all = new CompletableFuture<>();

  private Judged(List<Event> events, long outOfOrderMs) {
    this.events = List.copyOf(events);
    this.outOfOrderMs = outOfOrderMs;
  }

  static Judged expecting(CompiledPipeline pipeline, List<Event> events) {
    long outOfOrderMs =
        pipeline.streams().stream().mapToLong(s -> s.definition().outOfOrderMs()).max().orElse(0);
    Judged judged = new Judged(events, outOfOrderMs);
    OPEN.put(judged.number, judged);
    return judged;
  }

  static Judged of(int number) {
    return Objects.requireNonNull(OPEN.get(number));
  }

  List<Event> events() {
    return events;
  }

  /** Done when all that comes of the events has been collected. */
  CompletableFuture<Void> all() {
    return all;
  }

  /** What was collected; this is closed by it. */
  List<OutputRecord> records() {
    OPEN.remove(number);
    return records;
  }

  EventListSource source(Versioned pipeline) {
    return new EventListSource(pipeline, number, outOfOrderMs);
  }

  MapFunction<Transit, Transit> collector() {
    return new Collector(number);
  }

  private record Collector(int number) implements MapFunction<Transit, Transit> {
    private static final long serialVersionUID = 1L;

    @Override
    public Transit map(Transit transit) {
      OutputRecord record = Objects.requireNonNull(transit.output());
      if (record.equals(END)) {
        of(number).all.complete(null);
      } else {
        of(number).records.add(record);
      }
      return transit;
    }
  }
}
