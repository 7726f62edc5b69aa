package io.vigia.cli.backtest;

import io.vigia.cli.events.ArrivalOrder;
import io.vigia.cli.events.BadLines;
import io.vigia.cli.events.EventPaths;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.Progress;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.event.EventFile;
import io.vigia.wire.event.FileEvent;
import java.io.Closeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One backtest: opens the files, decides event after event and hands each decision on.
 *
 * <p>Owned by one thread.
 */
final class Backtest implements Closeable {
  /** The version that a replay of a file stamps on its decisions. */
  private static final int VERSION = 1;

  /** When events that have no time of their own arrive: all at once, at the same time every run. */
  static final Instant ARRIVAL = Instant.parse("2026-01-01T00:00:00Z");

  private static final int EVENTS_BETWEEN_LOOKS = 256;
  private static final int CONFLICTS_TOLD_MAX = 5;

  private final CompiledPipeline pipeline;
  private final ArrivalOrder events;
  private final Map<String, LabelColumn> labels;
  private final @Nullable LabelTally tally;
  private final BadLines badLines;
  private final BacktestCounts counts;
  private final List<String> conflicts = new ArrayList<>();
  private long coreNanos;
  private long totalNanos;

  private Backtest(
      CompiledPipeline pipeline,
      ArrivalOrder events,
      Map<String, LabelColumn> labels,
      BadLines badLines) {
    this.pipeline = pipeline;
    this.events = events;
    this.labels = labels;
    this.tally = labels.isEmpty() ? null : new LabelTally(pipeline.outcomes());
    this.badLines = badLines;
    this.counts = new BacktestCounts(pipeline);
  }

  /** What a backtest reads. */
  record Input(List<EventPaths> events, @Nullable String label) {
    Input {
      events = List.copyOf(events);
    }
  }

  /** Takes decisions in the order in which they are made. */
  interface Sink {
    void take(Decision decision, Row row);

    /** An event that came when time had passed it. */
    void late(Event event);
  }

  /**
   * Opens the files; empty when one of them cannot be taken at all, with the reasons in {@code
   * into}.
   */
  static Optional<Backtest> open(
      CompiledPipeline pipeline, Input input, Problems into, BadLines badLines) {
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    List<EventFile> files = new ArrayList<>();
    for (EventPaths named : input.events()) {
      StreamSchema stream = Objects.requireNonNull(pipeline.stream(named.stream()));
      EventDecoder decoder = new EventDecoder(stream);
      boolean json = false;
      if (input.label() != null) {
        LabelColumn label = LabelColumn.of(input.label(), stream, named.paths());
        labels.put(stream.name(), label);
        decoder = new EventDecoder(label.schema());
        json = label.isInJson();
      }
      EventFile.Options options = new EventFile.Options(json, ARRIVAL.toEpochMilli());
      EventFile.open(decoder, named.paths(), options, into).ifPresent(files::add);
    }
    if (files.size() < input.events().size()) {
      files.forEach(EventFile::close);
      return Optional.empty();
    }
    return Optional.of(new Backtest(pipeline, new ArrivalOrder(files), labels, badLines));
  }

  /** Decides all events, and the silences between and behind them. */
  void run(RunningLists lists, RunningTime time, Sink sink, Progress progress) {
    Replay replay = new Replay(pipeline, VERSION);
    replay.useLists(lists.lists());
    time.start(replay, sink::late);
    long start = System.nanoTime();
    events.start();
    long bad = 0;
    for (FileEvent read = events.next(); read != null; read = events.next()) {
      LabelColumn label = labels.get(read.event().stream().name());
      Event event = lists.arrived(label == null ? read.event() : label.withoutLabel(read.event()));
      long before = System.nanoTime();
      Replay.Result result = replay.process(event);
      coreNanos += System.nanoTime() - before;
      take(result, read, label, sink);
      takeSilences(replay, sink);
      if (events.bad() != bad) {
        bad = events.bad();
        badLines.tell();
      }
      if ((counts.events() & (EVENTS_BETWEEN_LOOKS - 1)) == 0) {
        progress.show(() -> line(System.nanoTime() - start));
      }
    }
    badLines.tell();
    time.end(replay);
    takeSilences(replay, sink);
    totalNanos = System.nanoTime() - start;
  }

  private void takeSilences(Replay replay, Sink sink) {
    if (pipeline.hasTimers()) {
      for (Replay.Result silence : replay.takeSilences()) {
        Decision decision = Objects.requireNonNull(silence.decision());
        counts.silent(decision);
        sink.take(decision, silence.row());
      }
    }
  }

  private void take(Replay.Result result, FileEvent read, @Nullable LabelColumn label, Sink sink) {
    switch (result.kind()) {
      case REPEAT -> counts.repeated();
      case CONFLICT -> {
        counts.conflicted();
        if (conflicts.size() < CONFLICTS_TOLD_MAX) {
          conflicts.add(read.file() + ":" + read.line());
        }
      }
      case DECIDED -> {
        Decision decision = Objects.requireNonNull(result.decision());
        counts.decided(decision);
        counts.gaveUp(result.row().givenUp());
        if (tally != null && label != null) {
          tally.add(label.of(read), decision.outcome());
        }
        sink.take(decision, result.row());
      }
    }
  }

  private String line(long nanos) {
    return Figures.count(counts.events())
        + " events · "
        + Figures.rate(counts.events() * 1e9 / nanos)
        + " · "
        + Figures.percent(events.share());
  }

  CompiledPipeline pipeline() {
    return pipeline;
  }

  BacktestCounts counts() {
    return counts;
  }

  /** How the labels agree; null without any. */
  @Nullable LabelTally tally() {
    return tally;
  }

  long badLines() {
    return events.bad();
  }

  /** File and line of the first events whose id came before with other content. */
  List<String> conflicts() {
    return List.copyOf(conflicts);
  }

  /** Time spent in deciding alone. */
  long coreNanos() {
    return coreNanos;
  }

  /** Time spent in all, reading and writing included. */
  long totalNanos() {
    return totalNanos;
  }

  @Override
  public void close() {
    events.close();
  }
}
