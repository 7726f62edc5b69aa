package io.vigia.flink;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Emitter;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateLayout;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Runs one stage of a pipeline: fetches the key's state, lets the stage work, and removes the state
 * when it remembers nothing any more.
 */
final class StageFunction extends KeyedProcessFunction<String, Transit, Transit> {
  /*
   * A key has at most one timer for its removal and one for the silence that is waited for first. Each is set when
   * there is none, or none as early, and set again when it fires too early: a busy key costs no timer an event.
   * Which ones are set is state of its own where there are both; the removal's alone is there as long as the
   * key's state is (unless that never expires).
   *
   * Flink fires a timer once all events up to its time have come. A silence that is over at t is broken by
   * events before t alone, so its timer is set one millisecond earlier: with one partition it is then decided
   * behind the same event as in a replay.
   */
  private static final long serialVersionUID = 1L;

  /** When a key is looked at again that an event of a lagging stream may still be about. */
  private static final long LOOK_AGAIN_MS = 60_000;

  private final Versioned pipeline;
  private final int index;
  private final LayoutCodec layout;
  private final ListsSource listsSource;
  private final StateStorage storage;
  private final DiskStates.Limits limits;
  private transient ListsSource.@Nullable Known lists;
  private transient @Nullable CompiledPipeline compiled;
  private transient @Nullable Stage stage;
  private transient @Nullable Outputs outputs;
  private transient @Nullable KeyContext keys;
  private transient @Nullable KeyStates states;
  private transient @Nullable ValueState<Long> silences;
  private transient @Nullable ValueState<Long> removals;
  private transient @Nullable StreamLags lags;
  private transient @Nullable Forwarder forwarder;

  StageFunction(
      Versioned pipeline,
      int index,
      StateLayout layout,
      ListsSource lists,
      StateStorage storage,
      DiskStates.Limits limits) {
    this.pipeline = pipeline;
    this.index = index;
    this.listsSource = lists;
    this.layout = new LayoutCodec(layout);
    this.storage = storage;
    this.limits = limits;
  }

  /** Says whose operator sets the key; comes before {@link #open}. */
  void use(KeyContext context) {
    keys = context;
  }

  /** A checkpoint is about to be taken. */
  void flush() throws Exception {
    Objects.requireNonNull(states).flush();
  }

  @Override
  public void open(OpenContext context) {
    CompiledPipeline compiledHere = pipeline.compile();
    compiled = compiledHere;
    Stage here = compiledHere.stages().get(index);
    stage = here;
    lags = new StreamLags(compiledHere);
    lists = listsSource.open(compiledHere);
    outputs = new Outputs(compiledHere);
    forwarder = new Forwarder(outputs);
    states =
        switch (storage) {
          case HEAP -> new HeapStates(here, layout, getRuntimeContext());
          case ROCKSDB ->
              new DiskStates(
                  limits, here, layout, Objects.requireNonNull(keys), getRuntimeContext());
        };
    if (here.hasTimers()) {
      silences = getRuntimeContext().getState(new ValueStateDescriptor<>("silence", Types.LONG));
      removals = getRuntimeContext().getState(new ValueStateDescriptor<>("removal", Types.LONG));
    }
  }

  @Override
  public void processElement(Transit transit, Context context, Collector<Transit> out)
      throws Exception {
    Row row = transit.row();
    Stage here = Objects.requireNonNull(stage);
    if (row == null || here.keyOf(row) == null) {
      out.collect(transit);
      return;
    }
    row.useLists(Objects.requireNonNull(lists).lists());
    KeyStates held = Objects.requireNonNull(states);
    KeyState state = held.get();
    boolean fresh = state == null;
    if (state == null) {
      state = held.create();
    }
    long dueBefore = here.nextDueMs(state);
    Forwarder emitter = Objects.requireNonNull(forwarder);
    emitter.begin(transit, out);
    Objects.requireNonNull(lags).saw(row.event(), context.timerService());
    long told = here.hasTimers() ? context.timerService().currentWatermark() : Long.MIN_VALUE;
    if (told > Long.MIN_VALUE) {
      here.markPassed(row, told + 1);
    }
    here.process(state, row, emitter);
    if (here.hasTimers() && emitter.hasForwarded()) {
      CompiledPipeline judging = Objects.requireNonNull(compiled);
      here.advanceBy(
          state,
          context.getCurrentKey(),
          row.event(),
          event -> silent(judging, event),
          new Silences(out));
    }
    long expires = here.expiresMs(state);
    // One that has just forgotten everything is written too: it may be a copy of what is kept.
    if (!fresh || expires != Long.MIN_VALUE) {
      if (fresh) {
        set(removals, expires, context.timerService());
      }
      long due = here.nextDueMs(state);
      if (due < dueBefore) {
        set(silences, due - 1, context.timerService());
      }
      held.put(state);
    }
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<Transit> out)
      throws Exception {
    KeyStates held = Objects.requireNonNull(states);
    unset(silences, timeMs);
    unset(removals, timeMs);
    KeyState state = held.get();
    if (state != null) {
      Stage here = Objects.requireNonNull(stage);
      CompiledPipeline judging = Objects.requireNonNull(compiled);
      here.advanceTo(
          state,
          context.getCurrentKey(),
          timeMs + 1,
          event -> silent(judging, event),
          new Silences(out));
      long due = here.nextDueMs(state);
      if (due != Long.MAX_VALUE) {
        set(silences, due - 1, context.timerService());
      }
      long expires = here.expiresMs(state);
      if (expires > timeMs) {
        set(removals, expires, context.timerService());
        held.put(state);
      } else if (Objects.requireNonNull(lags).isPassed(expires, context.timerService())) {
        held.clear();
      } else {
        set(removals, timeMs + LOOK_AGAIN_MS, context.timerService());
        held.put(state);
      }
    }
  }

  private Row silent(CompiledPipeline judging, Event event) {
    Row row = judging.row(event, pipeline.version(), null);
    row.useLists(Objects.requireNonNull(lists).lists());
    return row;
  }

  @Override
  public void close() {
    if (lists != null) {
      lists = null;
      listsSource.close();
    }
  }

  /** Sets a timer of the current key where it has none as early; {@code known} is null for one. */
  private static void set(@Nullable ValueState<Long> known, long timeMs, TimerService timers)
      throws IOException {
    Long before = known == null ? null : known.value();
    if (timeMs == Long.MAX_VALUE || (before != null && before <= timeMs)) {
      return;
    }
    if (before != null) {
      timers.deleteEventTimeTimer(before);
    }
    timers.registerEventTimeTimer(timeMs);
    if (known != null) {
      known.update(timeMs);
    }
  }

  private static void unset(@Nullable ValueState<Long> known, long timeMs) throws IOException {
    if (known != null) {
      Long set = known.value();
      if (set != null && set <= timeMs) {
        known.clear();
      }
    }
  }

  /** Sends on the rows that silence has made, which have no id to be known by. */
  private record Silences(Collector<Transit> out) implements Emitter {
    @Override
    public void forward(Row row) {
      out.collect(Transit.of(row));
    }

    @Override
    public void repeat(Row row) {
      throw new IllegalStateException("silence: got a repeat");
    }

    @Override
    public void conflict(Row row) {
      throw new IllegalStateException("silence: got a conflict");
    }
  }

  /** Sends on what the stage decides about a row. */
  private static final class Forwarder implements Emitter {
    private final Outputs outputs;
    private @Nullable Transit transit;
    private @Nullable Collector<Transit> out;
    private boolean forwarded;

    Forwarder(Outputs outputs) {
      this.outputs = outputs;
    }

    void begin(Transit current, Collector<Transit> collector) {
      transit = current;
      out = collector;
      forwarded = false;
    }

    /** Whether the row goes on: it is neither a repeat nor a conflict. */
    boolean hasForwarded() {
      return forwarded;
    }

    @Override
    public void forward(Row row) {
      forwarded = true;
      collect(Objects.requireNonNull(transit));
    }

    @Override
    public void repeat(Row row) {
      collect(Transit.of(outputs.repeat(row)));
    }

    @Override
    public void conflict(Row row) {
      collect(Transit.of(outputs.conflict(row)));
    }

    private void collect(Transit next) {
      Objects.requireNonNull(out).collect(next);
    }
  }
}
