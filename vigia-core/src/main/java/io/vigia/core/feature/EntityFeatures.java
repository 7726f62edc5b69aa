package io.vigia.core.feature;

import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.LogLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All features of one entity: puts an event into the logs of its key and fills the row's slots.
 *
 * <p><b>Shape.</b> At an event of time <i>t</i> a window {@code over: w} covers {@code (t − w, t]},
 * with {@code delay: d} {@code (t − d − w, t − d]}. With {@code count: true, over: 5m}:
 *
 * <pre>
 * event at  10:00  10:04  10:05  10:02 (late)  10:07
 * value         1      2      2             2      3     (10:02, 10:07] holds 10:04, 10:05 and itself
 * </pre>
 *
 * Other windows begin elsewhere, as their {@link Span} says, and end alike. A feature that reads
 * another takes the value that this one had at the event when the event came.
 *
 * <p><b>Units and bounds.</b> An event in order costs O(1) amortised for each window that it enters
 * or leaves (O(log n) for order statistics), whatever the window holds. A late event costs O(events
 * later than it) for its place and O(events in the window) for its own values. A key keeps events
 * for the longest window, its delay, and the time that events may be late; beyond so many of a
 * stream as it may keep, {@link CoarseWindows} says what becomes of the oldest.
 *
 * <p><b>Errors.</b> An event later than that is marked late on its row: its windows may lack
 * something.
 */
public final class EntityFeatures {
  /*
   * In order. The key has a newest time T and, for each window, a stretch of a log, for example (T − d − w,
   * T − d]. An event at t ≥ T moves the end of each stretch forward over what has come within its delay, then
   * the start over what is too old; each step tells the accumulators. Features that leave the current event
   * out are read now; then the event enters the log and the windows without delay; then the others are read.
   *
   * Layers. What reads another feature of the entity is filled after it: an event enters the log with what is
   * known at first, and for each further layer gets the columns and flags that hang on the layers before; only
   * then it enters the windows of that layer.
   *
   * Late. See LateEvents. Forgetting: see Retention. Stretches and what they compute follow from the logs and T:
   * see DerivedCells.
   */
  private final List<Feature> features;
  private final @Nullable Feed[] feeds;
  private final LogLayout[] layouts;
  private final Endless[] endless;
  private final Layer[] layers;
  private final long outOfOrderMs;
  private final CoarseWindows coarse;
  private final DerivedCells derived;
  private final Retention retention;
  private final LateEvents late;
  private volatile WindowProgram @Nullable [] programs;

  /**
   * @param endless in the order of their layers
   */
  EntityFeatures(
      List<Feature> features,
      @Nullable Feed[] feeds,
      int layers,
      List<LogLayout> layouts,
      Cells.Plan cells,
      List<Window> windows,
      List<Endless> endless,
      CoarseWindows coarse,
      long outOfOrderMs) {
    this.features = List.copyOf(features);
    this.feeds = feeds.clone();
    this.layouts = layouts.toArray(LogLayout[]::new);
    this.endless = endless.toArray(Endless[]::new);
    this.layers =
        IntStream.range(0, layers)
            .mapToObj(layer -> Layer.of(layer, windows, endless))
            .toArray(Layer[]::new);
    this.outOfOrderMs = outOfOrderMs;
    this.coarse = coarse;
    this.derived = new DerivedCells(cells, windows, endless, outOfOrderMs);
    this.retention = new Retention(layouts.size(), windows, endless, derived, coarse, outOfOrderMs);
    this.late = new LateEvents(feeds, List.of(this.layers), cells, coarse, outOfOrderMs);
  }

  public List<Feature> features() {
    return features;
  }

  public List<LogLayout> layouts() {
    return List.of(layouts);
  }

  /** How many registers the features need. */
  public int registers() {
    return layouts.length == 0 ? 0 : endless.length + 1;
  }

  /**
   * The event time after which a key remembers nothing any more; {@link Long#MAX_VALUE} when it
   * never forgets, {@link Long#MIN_VALUE} when it has nothing.
   */
  public long expiresMs(KeyState state) {
    return retention.expiresMs(state);
  }

  /** How many events a key had to let go since it had too many. */
  public long coarsened(KeyState state) {
    CoarsePast past = layouts.length == 0 ? null : coarse.of(state);
    return past == null ? 0 : past.count();
  }

  /**
   * Reads from the memory that {@link #process} will need, so that it is on its way; what it
   * returns means nothing.
   */
  public long touch(KeyState state) {
    WindowProgram[] known = programs;
    long sum = 0;
    if (known != null && state.derived() instanceof Cells cells) {
      for (WindowProgram program : known) {
        sum += program.touch(cells, state);
      }
    }
    return sum;
  }

  /** Takes an event in and fills its row's slots of all features of this entity. */
  public void process(KeyState state, Row row) {
    long time = row.event().timeMs();
    boolean inOrder = time >= state.newestMs();
    if (inOrder) {
      state.advanceTo(time);
    } else if (time < state.newestMs() - outOfOrderMs) {
      row.markLate();
    }
    if (layouts.length == 0) {
      return;
    }
    Cells cells = derived.of(state);
    if (inOrder) {
      inOrder(state, cells, row);
    } else {
      late.process(state, cells, row);
    }
    retention.forget(state, cells);
  }

  private void inOrder(KeyState state, Cells cells, Row row) {
    WindowProgram[] use = programs();
    for (WindowProgram program : use) {
      program.advance(cells, state, state.newestMs());
    }
    for (Endless each : endless) {
      EventLog log = state.log(each.log());
      each.extend(log, cells, endAt(log, cells.words[each.end()], row, each.delayMs()));
    }
    Feed feed = feeds[row.event().stream().ordinal()];
    CoarsePast past = coarse.of(state);
    long index = -1;
    for (Layer layer : layers) {
      WindowProgram program = use[layer.number()];
      program.readBefore(cells, state, row.features());
      readEndless(state, cells, layer, row.features(), true);
      if (past != null) {
        coarse.read(past, state, cells, layer.number(), true, row);
      }
      if (feed != null) {
        EventLog log = state.log(feed.log());
        index = feed.enter(log, layer.number(), index, row);
        program.enter(cells, log, feed.log(), index);
        for (Endless each : layer.endless()) {
          if (each.log() == feed.log() && each.delayMs() == 0) {
            each.extend(log, cells, index + 1);
          }
        }
      }
      program.readAfter(cells, state, row.features());
      readEndless(state, cells, layer, row.features(), false);
      if (past != null) {
        coarse.read(past, state, cells, layer.number(), false, row);
      }
      if (past != null || row.coarse() != null) {
        coarse.follow(state, layer.number(), feed == null ? -1 : feed.log(), row);
      }
    }
  }

  private static long endAt(EventLog log, long from, Row row, long delayMs) {
    long end = from;
    while (end < log.end() && log.time(end) <= row.event().timeMs() - delayMs) {
      end++;
    }
    return end;
  }

  private static void readEndless(
      KeyState state, Cells cells, Layer layer, Slots into, boolean excludeCurrent) {
    for (Endless each : layer.endless()) {
      if (each.excludeCurrent() == excludeCurrent) {
        each.folded(cells).read(into, each.slot(), state.newestMs() - each.delayMs());
      }
    }
  }

  /** Compiles now what would be compiled with the first event. */
  public void prepare() {
    programs();
  }

  /** One for each layer. */
  private WindowProgram[] programs() {
    WindowProgram[] known = programs;
    if (known == null) {
      known =
          Arrays.stream(layers)
              .map(layer -> WindowCompiler.compile(layer.windows(), outOfOrderMs))
              .toArray(WindowProgram[]::new);
      programs = known;
    }
    return known;
  }
}
