package io.vigia.flink;

import io.vigia.core.event.Event;
import io.vigia.core.event.Lists;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Emitter;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateLayout;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Runs one stage of a pipeline: fetches the key's state, lets the stage work, and removes the state
 * when it remembers nothing any more.
 */
final class StageFunction extends KeyedProcessFunction<String, Transit, Transit> {
  /*
   * One timer a key: it is set when a state comes into being, for the time at which that would expire if
   * nothing more came, and set again when it fires too early. So a busy key costs no timer an event, and a
   * state that is there always has one (unless it never expires).
   */
  private static final long serialVersionUID = 1L;

  private final Versioned pipeline;
  private final int index;
  private final LayoutCodec layout;
  private final ListsSource listsSource;
  private transient @Nullable Lists lists;
  private transient @Nullable CompiledPipeline compiled;
  private transient @Nullable Stage stage;
  private transient @Nullable Outputs outputs;
  private transient @Nullable ValueState<KeyState> states;
  private transient @Nullable Forwarder forwarder;

  StageFunction(Versioned pipeline, int index, StateLayout layout, ListsSource lists) {
    this.pipeline = pipeline;
    this.index = index;
    this.listsSource = lists;
    this.layout = new LayoutCodec(layout);
  }

  @Override
  public void open(OpenContext context) {
    CompiledPipeline compiledHere = pipeline.compile();
    compiled = compiledHere;
    stage = compiledHere.stages().get(index);
    lists = listsSource.open(compiledHere);
    outputs = new Outputs(compiledHere);
    forwarder = new Forwarder(outputs);
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("key", new KeyStateSerializer(layout)));
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
    row.useLists(Objects.requireNonNull(lists));
    ValueState<KeyState> held = Objects.requireNonNull(states);
    KeyState state = held.value();
    boolean fresh = state == null;
    if (state == null) {
      state = here.newState();
    }
    long dueBefore = here.nextDueMs(state);
    Forwarder emitter = Objects.requireNonNull(forwarder);
    emitter.begin(transit, out);
    here.process(state, row, emitter);
    long expires = here.expiresMs(state);
    if (expires != Long.MIN_VALUE) {
      if (fresh && expires != Long.MAX_VALUE) {
        context.timerService().registerEventTimeTimer(expires);
      }
      long due = here.nextDueMs(state);
      // Set once for the silence that is waited for first; what moves it later finds the timer set.
      if (due < dueBefore) {
        context.timerService().registerEventTimeTimer(due);
      }
      held.update(state);
    }
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<Transit> out)
      throws Exception {
    ValueState<KeyState> held = Objects.requireNonNull(states);
    KeyState state = held.value();
    if (state != null) {
      Stage here = Objects.requireNonNull(stage);
      CompiledPipeline judging = Objects.requireNonNull(compiled);
      here.advanceTo(
          state,
          context.getCurrentKey(),
          timeMs,
          event -> silent(judging, event),
          new Silences(out));
      long due = here.nextDueMs(state);
      if (due != Long.MAX_VALUE) {
        context.timerService().registerEventTimeTimer(due);
      }
      long expires = here.expiresMs(state);
      if (expires <= timeMs) {
        held.clear();
      } else if (expires != Long.MAX_VALUE) {
        context.timerService().registerEventTimeTimer(expires);
        held.update(state);
      } else {
        held.update(state);
      }
    }
  }

  private Row silent(CompiledPipeline judging, Event event) {
    Row row = judging.row(event, pipeline.version(), null);
    row.useLists(Objects.requireNonNull(lists));
    return row;
  }

  @Override
  public void close() {
    if (lists != null) {
      lists = null;
      listsSource.close();
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

    Forwarder(Outputs outputs) {
      this.outputs = outputs;
    }

    void begin(Transit current, Collector<Transit> collector) {
      transit = current;
      out = collector;
    }

    @Override
    public void forward(Row row) {
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
