package io.vigia.core.replay;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.Lists;
import io.vigia.core.event.Row;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Emitter;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline over events one after the other, in this thread: what every engine must equal.
 *
 * <p><b>Shape.</b> {@link #process} takes the next event and tells what became of it. {@link
 * #snapshot} and {@link #restore} carry all state over to another replay of the same pipeline.
 *
 * <p><b>Units and bounds.</b> Keys that remember nothing any more are removed from time to time, so
 * that memory follows the windows and not the length of the input. Not thread-safe.
 */
public final class Replay {
  /** How often dead keys are looked for; a sweep costs one look at each key. */
  private static final int EVENTS_BETWEEN_SWEEPS = 200_000;

  private final CompiledPipeline pipeline;
  private final int version;
  private final Stage[] stages;
  private final KeyTable[] states;

  /** By stage: the key of the event that is being processed, and the state that it has so far. */
  private final @Nullable String[] keys;

  private final @Nullable KeyState[] found;

  /** Of no meaning: written so that what {@link Stage#touch} reads is read. */
  @SuppressWarnings("UnusedVariable")
  private long touched;

  private final Collector collector = new Collector();
  private final Timers timers;
  private List<Result> silences = new ArrayList<>();
  private final long outOfOrderMs;

  /** How long after its time a silence can still be broken by a late event. */
  private final long brokenLateMs;

  private long newestMs = Long.MIN_VALUE;
  private int untilSweep = EVENTS_BETWEEN_SWEEPS;
  private Lists lists = Lists.AS_DECLARED;
  private @Nullable RecordedTime recorded;

  public Replay(CompiledPipeline pipeline, int version) {
    this.pipeline = pipeline;
    this.version = version;
    this.stages = pipeline.stages().toArray(Stage[]::new);
    this.keys = new @Nullable String[stages.length];
    this.found = new @Nullable KeyState[stages.length];
    this.states = Stream.generate(KeyTable::new).limit(stages.length).toArray(KeyTable[]::new);
    this.timers = new Timers(pipeline.stages());
    this.outOfOrderMs = longest(pipeline.streams());
    this.brokenLateMs = longest(pipeline.streams().stream().filter(pipeline::isTimed).toList());
  }

  private static long longest(List<StreamSchema> streams) {
    return streams.stream().mapToLong(s -> s.definition().outOfOrderMs()).max().orElse(0);
  }

  /**
   * What became of an event.
   *
   * @param decision null for a repeat and a conflict
   */
  public record Result(Kind kind, Row row, @Nullable Decision decision) {
    /** The three ways an event can go. */
    public enum Kind {
      DECIDED,
      REPEAT,
      CONFLICT
    }
  }

  /** Judges the rows that stages make of silence; no later stage has anything to do with them. */
  private final Emitter silent =
      new Emitter() {
        @Override
        public void forward(Row row) {
          silences.add(new Result(Result.Kind.DECIDED, row, pipeline.decide(row)));
        }

        @Override
        public void repeat(Row row) {
          throw new IllegalStateException("a silence has no id to be known by: got a repeat");
        }

        @Override
        public void conflict(Row row) {
          throw new IllegalStateException("a silence has no id to be known by: got a conflict");
        }
      };

  private static final class Collector implements Emitter {
    private Result.Kind kind = Result.Kind.DECIDED;

    @Override
    public void forward(Row row) {
      kind = Result.Kind.DECIDED;
    }

    @Override
    public void repeat(Row row) {
      kind = Result.Kind.REPEAT;
    }

    @Override
    public void conflict(Row row) {
      kind = Result.Kind.CONFLICT;
    }
  }

  /** What a run has recorded of time. */
  @FunctionalInterface
  public interface RecordedTime {
    /**
     * How far time had come at a stage when it processed an event, in epoch milliseconds; {@link
     * Long#MIN_VALUE} where no time had been told.
     */
    long passedMs(Event event, Stage stage);
  }

  /**
   * Has time go on as it did in a run, and no longer by events: before an event the silences of its
   * key are decided that the run had decided by then, and the others wait for what comes next, or
   * for {@link #advanceTo}.
   */
  public void follow(RecordedTime time) {
    recorded = time;
  }

  /** Has all events from now on judged by lists that change. */
  public void useLists(Lists changing) {
    lists = changing;
  }

  private Row row(Event event) {
    Row row = pipeline.row(event, version, null);
    row.useLists(lists);
    return row;
  }

  /** Takes the next event. */
  public Result process(Event event) {
    newestMs = Math.max(newestMs, event.timeMs());
    Row row = row(event);
    find(row);
    for (int i = 0; i < stages.length; i++) {
      Stage stage = stages[i];
      String key = keys[i];
      if (key != null) {
        KeyState state = found[i];
        if (state == null) {
          state = stage.newState();
          states[i].add(key, state);
        }
        if (stage.hasTimers() && recorded != null) {
          stage.advanceTo(state, key, recorded.passedMs(event, stage), this::row, silent);
        }
        stage.process(state, row, collector);
        if (stage.hasTimers()) {
          if (collector.kind == Result.Kind.DECIDED) {
            stage.advanceBy(state, key, event, this::row, silent);
          }
          timers.watch(i, key, state);
        }
        if (collector.kind != Result.Kind.DECIDED) {
          return new Result(collector.kind, row, null);
        }
      }
    }
    Result result = new Result(Result.Kind.DECIDED, row, pipeline.decide(row));
    if (recorded == null) {
      complete(newestMs - brokenLateMs);
    }
    if (--untilSweep == 0) {
      sweep();
    }
    return result;
  }

  /** Finds the states of a row, and has their memory fetched. */
  private void find(Row row) {
    for (int i = 0; i < stages.length; i++) {
      String key = stages[i].keyOf(row);
      keys[i] = key;
      found[i] = key == null ? null : states[i].get(key);
    }
    long sum = 0;
    for (int i = 0; i < stages.length; i++) {
      KeyState state = found[i];
      sum += state == null ? 0 : stages[i].touch(state, row);
    }
    touched = sum;
  }

  /**
   * Lets time pass: no event up to {@code timeMs} is still to come. Without it time goes on by
   * events, and lies behind the newest by the longest {@code out_of_order} of the streams in which
   * a silence is waited for.
   */
  public void advanceTo(long timeMs) {
    newestMs = Math.max(newestMs, timeMs);
    complete(timeMs);
  }

  /**
   * Ends the input: nothing more is to come, so that every silence is decided that was over at the
   * newest event.
   */
  public void end() {
    complete(newestMs);
  }

  /**
   * The matches that silence has completed since this was last asked, in the order of their time.
   */
  public List<Result> takeSilences() {
    List<Result> taken = silences;
    silences = new ArrayList<>();
    // What events have completed by their own time stands before what others have.
    taken.sort(Comparator.comparingLong(silence -> silence.row().event().timeMs()));
    return taken;
  }

  private void complete(long timeMs) {
    for (Timers.Due due = timers.next(timeMs); due != null; due = timers.next(timeMs)) {
      Stage stage = stages[due.stage()];
      KeyState state = states[due.stage()].get(due.key());
      if (state != null) {
        stage.advanceTo(state, due.key(), due.timeMs(), this::row, silent);
        timers.watch(due.stage(), due.key(), state);
      }
    }
  }

  /** Removes the keys that remember nothing any more. */
  public void sweep() {
    untilSweep = EVENTS_BETWEEN_SWEEPS;
    for (int i = 0; i < stages.length; i++) {
      Stage stage = stages[i];
      states[i].removeIf(
          state ->
              stage.expiresMs(state) <= newestMs - outOfOrderMs
                  && stage.nextDueMs(state) == Long.MAX_VALUE);
    }
  }

  /** How many keys have a state, over all stages. */
  public int keys() {
    return Arrays.stream(states).mapToInt(KeyTable::size).sum();
  }

  /** How many events came too late to go on with a partial match of a pattern. */
  public long overtaken() {
    return sum((stage, state) -> stage.patterns().overtaken(state));
  }

  /** How many partial matches of patterns were given up because a key had too many. */
  public long givenUp() {
    return sum((stage, state) -> stage.patterns().givenUp(state));
  }

  /**
   * How many events were let go while windows still covered them, because a key had more than it
   * keeps; those of keys that have been removed meanwhile are not in it.
   */
  public long coarsened() {
    return sum((stage, state) -> stage.features().coarsened(state));
  }

  private long sum(ToLongBiFunction<Stage, KeyState> count) {
    long sum = 0;
    for (int i = 0; i < stages.length; i++) {
      Stage stage = stages[i];
      sum += states[i].sum(state -> count.applyAsLong(stage, state));
    }
    return sum;
  }

  /** All state, in its binary form. */
  public byte[] snapshot() {
    StateOutput output = new StateOutput();
    output.writeSigned(newestMs);
    for (KeyTable table : states) {
      output.writeUnsigned(table.size());
      table.forEach(
          (key, state) -> {
            output.writeText(key);
            state.write(output);
          });
    }
    return output.toByteArray();
  }

  /** A replay that goes on from a snapshot of the same pipeline. */
  public static Replay restore(CompiledPipeline pipeline, int version, byte[] snapshot) {
    Replay replay = new Replay(pipeline, version);
    StateInput input = new StateInput(snapshot);
    replay.newestMs = input.readSigned();
    for (int i = 0; i < replay.stages.length; i++) {
      Stage stage = replay.stages[i];
      int keys = input.readCount(1);
      for (int k = 0; k < keys; k++) {
        String key = input.readText();
        KeyState state = KeyState.read(stage.layout(), input);
        replay.states[i].add(key, state);
        replay.timers.watch(i, key, state);
      }
    }
    input.end();
    return replay;
  }
}
