package io.vigia.core.feature;

import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.feature.Window.Reading;
import io.vigia.core.state.Derived;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.LogLayout;
import io.vigia.core.state.StateInput;
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
   * Late. An event at t < T takes its place in the log and in those stretches that still cover it. Its own
   * windows are other stretches, (t − d − w, t − d], which are found by time and computed afresh.
   *
   * Forgetting. A late event may ask for the window at T less the time that events may be late. What that
   * covers is a matter of time alone for most windows; for the others a second stretch without accumulators
   * stands at that time, and the log is kept from its start on.
   *
   * Derived. Stretches and what they compute follow from the logs and T, so they are neither written nor
   * copied for a checkpoint; beside a log on disk they are written, so that a key can go on without its windows
   * being read.
   */
  private final List<Feature> features;
  private final @Nullable Feed[] feeds;
  private final LogLayout[] layouts;
  private final long[] retentionMs;
  private final long[] forgottenMs;
  private final Cells.Plan cells;
  private final Window[] windows;
  private final Endless[] endless;
  private final Layer[] layers;
  private final long outOfOrderMs;
  private final CoarseWindows coarse;
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
    this.cells = cells;
    this.windows = windows.toArray(Window[]::new);
    this.endless = endless.toArray(Endless[]::new);
    this.layers =
        IntStream.range(0, layers)
            .mapToObj(layer -> Layer.of(layer, windows, endless))
            .toArray(Layer[]::new);
    this.outOfOrderMs = outOfOrderMs;
    this.coarse = coarse;
    this.retentionMs = new long[this.layouts.length];
    this.forgottenMs = new long[this.layouts.length];
    Arrays.fill(retentionMs, outOfOrderMs);
    Arrays.fill(forgottenMs, outOfOrderMs);
    for (Window window : windows) {
      long reach = sum(window.span().reachMs(), window.delayMs(), outOfOrderMs);
      forgottenMs[window.log()] = Math.max(forgottenMs[window.log()], reach);
      if (window.span().isOfFixedLength()) {
        retentionMs[window.log()] = Math.max(retentionMs[window.log()], reach);
      }
    }
    for (Endless each : endless) {
      long reach = each.delayMs() + outOfOrderMs;
      retentionMs[each.log()] = Math.max(retentionMs[each.log()], reach);
      if (!each.mayEnd()) {
        forgottenMs[each.log()] =
            Math.max(forgottenMs[each.log()], sum(each.reachMs(), each.delayMs(), outOfOrderMs));
      }
    }
  }

  private static long sum(long reachMs, long delayMs, long outOfOrderMs) {
    return reachMs == Long.MAX_VALUE ? Long.MAX_VALUE : reachMs + delayMs + outOfOrderMs;
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

  /** How many events a key had to let go since it had too many. */
  public long coarsened(KeyState state) {
    CoarsePast past = layouts.length == 0 ? null : coarse.of(state);
    return past == null ? 0 : past.count();
  }

  /**
   * The event time after which a key remembers nothing any more; {@link Long#MAX_VALUE} when it
   * never forgets, {@link Long#MIN_VALUE} when it has nothing.
   */
  public long expiresMs(KeyState state) {
    long expires = Long.MIN_VALUE;
    for (int i = 0; i < layouts.length; i++) {
      EventLog log = state.log(i);
      if (!log.isEmpty()) {
        expires = Math.max(expires, after(log.time(log.end() - 1), forgottenMs[i]));
      }
    }
    for (int i = 0; i < endless.length; i++) {
      Endless each = endless[i];
      if (each.mayEnd()) {
        if (state.newestMs() != Long.MIN_VALUE && !each.folded(derived(state)).isOver()) {
          expires =
              Math.max(expires, after(state.newestMs(), sum(each.reachMs(), 0, outOfOrderMs)));
        }
      } else if (state.register(i) != null) {
        expires = Math.max(expires, after(state.newestMs(), forgottenMs[each.log()]));
      }
    }
    return expires;
  }

  private static long after(long timeMs, long spanMs) {
    return spanMs == Long.MAX_VALUE ? Long.MAX_VALUE : timeMs + spanMs;
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
    Cells derived = derived(state);
    if (inOrder) {
      inOrder(state, derived, row);
    } else {
      late(state, derived, row);
    }
    forget(state, derived);
  }

  private void inOrder(KeyState state, Cells derived, Row row) {
    WindowProgram[] use = programs();
    for (WindowProgram program : use) {
      program.advance(derived, state, state.newestMs());
    }
    for (Endless each : endless) {
      EventLog log = state.log(each.log());
      each.extend(log, derived, endAt(log, derived.words[each.end()], row, each.delayMs()));
    }
    Feed feed = feeds[row.event().stream().ordinal()];
    CoarsePast past = coarse.of(state);
    long index = -1;
    for (Layer layer : layers) {
      WindowProgram program = use[layer.number()];
      program.readBefore(derived, state, row.features());
      readEndless(state, derived, layer, row.features(), true);
      if (past != null) {
        coarse.read(past, state, derived, layer.number(), true, row);
      }
      if (feed != null) {
        EventLog log = state.log(feed.log());
        index = feed.enter(log, layer.number(), index, row);
        program.enter(derived, log, feed.log(), index);
        for (Endless each : layer.endless()) {
          if (each.log() == feed.log() && each.delayMs() == 0) {
            each.extend(log, derived, index + 1);
          }
        }
      }
      program.readAfter(derived, state, row.features());
      readEndless(state, derived, layer, row.features(), false);
      if (past != null) {
        coarse.read(past, state, derived, layer.number(), false, row);
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
      KeyState state, Cells derived, Layer layer, Slots into, boolean excludeCurrent) {
    for (Endless each : layer.endless()) {
      if (each.excludeCurrent() == excludeCurrent) {
        each.folded(derived).read(into, each.slot(), state.newestMs() - each.delayMs());
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

  private void late(KeyState state, Cells derived, Row row) {
    Feed feed = feeds[row.event().stream().ordinal()];
    int fed = feed == null ? -1 : feed.log();
    long current = -1;
    Cells own = cells.cells();
    CoarsePast past = coarse.of(state);
    for (Layer layer : layers) {
      if (feed != null) {
        current = feed.enter(state.log(fed), layer.number(), current, row);
        insertLate(state, derived, layer, fed, current);
        if (past != null) {
          coarse.insertLate(past, state.log(fed), fed, layer.number(), current);
        }
      }
      readLate(state, own, row, layer, fed, current);
      if (past != null) {
        readLateCoarse(past, state, row, layer, fed, current);
      }
      if (past != null || row.coarse() != null) {
        coarse.follow(state, layer.number(), fed, row);
      }
    }
  }

  private void readLateCoarse(
      CoarsePast past, KeyState state, Row row, Layer layer, int fed, long current) {
    long time = row.event().timeMs();
    coarse.readLate(
        past,
        state,
        layer.number(),
        (log, delayMs, excludeCurrent) -> {
          boolean fedHere = log == fed && delayMs == 0;
          long end = lateEnd(state.log(log), fedHere, current, time, delayMs);
          return fedHere && excludeCurrent ? end - 1 : end;
        },
        row);
  }

  /** Computes a layer's values for a late event, whose windows are found by time. */
  private void readLate(KeyState state, Cells own, Row row, Layer layer, int fed, long current) {
    long time = row.event().timeMs();
    for (Window window : layer.windows()) {
      EventLog log = state.log(window.log());
      boolean fedHere = window.log() == fed && window.delayMs() == 0;
      long end = lateEnd(log, fedHere, current, time, window.delayMs());
      for (Reading reading : window.before()) {
        readAfresh(own, log, window, fedHere ? end - 1 : end, time, reading, row.features());
      }
      for (Reading reading : window.after()) {
        readAfresh(own, log, window, end, time, reading, row.features());
      }
    }
    for (int i = 0; i < layer.endless().length; i++) {
      Endless each = layer.endless()[i];
      EventLog log = state.log(each.log());
      boolean fedHere = each.log() == fed && each.delayMs() == 0;
      long end = lateEnd(log, fedHere, current, time, each.delayMs());
      Fold fold = each.folded(state, layer.firstEndless() + i);
      for (long at = log.first(); at < (each.excludeCurrent() && fedHere ? end - 1 : end); at++) {
        fold.include(log, at);
      }
      fold.read(row.features(), each.slot(), time - each.delayMs());
    }
  }

  /** One more than the last event that is known at {@code timeMs}, the late one itself included. */
  private static long lateEnd(
      EventLog log, boolean fedHere, long current, long timeMs, long delay) {
    return fedHere ? current + 1 : log.firstAfter(timeMs - delay);
  }

  /** Computes one feature over the window that ends before {@code end}, in cells of its own. */
  private static void readAfresh(
      Cells own, EventLog log, Window window, long end, long timeMs, Reading reading, Slots into) {
    WindowAggregate aggregate = reading.aggregate();
    long start = window.span().startAt(log, end, timeMs - window.delayMs());
    aggregate.reset(own);
    for (long i = start; i < end; i++) {
      aggregate.add(own, log, i);
    }
    aggregate.read(own, log, start, end, into, reading.slot());
  }

  /** Lets a late event enter a layer's stretches that cover it, and moves those behind it. */
  private void insertLate(KeyState state, Cells derived, Layer layer, int fed, long index) {
    EventLog log = state.log(fed);
    long time = log.time(index);
    long now = state.newestMs();
    for (Window window : layer.windows()) {
      if (window.log() == fed) {
        insertLate(window.span(), derived, log, window.stretch(), index, now - window.delayMs());
        Stretch oldest = window.oldest();
        if (oldest != null) {
          insertLate(
              window.span(), derived, log, oldest, index, now - window.delayMs() - outOfOrderMs);
        }
      }
    }
    for (Endless each : layer.endless()) {
      if (each.log() == fed && time <= now - each.delayMs()) {
        each.folded(derived).include(log, index);
        derived.words[each.end()]++;
      }
    }
  }

  private static void insertLate(
      Span span, Cells cells, EventLog log, Stretch stretch, long index, long endMs) {
    if (log.time(index) <= endMs) {
      span.insert(cells, log, stretch, index, endMs);
    }
  }

  /** Drops what no window can cover any more, folding it where a feature never forgets. */
  private void forget(KeyState state, Cells derived) {
    for (int l = 0; l < layouts.length; l++) {
      EventLog log = state.log(l);
      long oldestMs = state.newestMs() - retentionMs[l];
      if (!log.isEmpty() && log.time(log.first()) <= oldestMs) {
        drop(state, derived, l, keptFrom(log, l, derived, oldestMs));
      }
      long kept = coarse.keptFrom(log, l);
      if (kept > log.first()) {
        coarsen(state, derived, l, kept);
      }
    }
  }

  private void drop(KeyState state, Cells derived, int l, long before) {
    EventLog log = state.log(l);
    if (before > log.first()) {
      fold(state, l, before);
      log.dropBefore(before);
      for (Window window : windows) {
        if (window.log() == l) {
          skipTo(window, derived, before);
        }
      }
    }
  }

  /** Lets go of events that windows still cover, since the key has too many. */
  private void coarsen(KeyState state, Cells derived, int l, long keep) {
    EventLog log = state.log(l);
    coarse.letGo(state, l, keep);
    for (Window window : windows) {
      if (window.log() == l) {
        window.stretch().letGo(derived, log, keep);
        if (window.oldest() != null) {
          window.oldest().letGo(derived, log, keep);
        }
      }
    }
    for (Endless each : endless) {
      if (each.log() == l && derived.words[each.end()] < keep) {
        each.extend(log, derived, keep);
      }
    }
    fold(state, l, keep);
    log.dropBefore(keep);
  }

  private static void skipTo(Window window, Cells derived, long index) {
    window.stretch().skipTo(derived, index);
    Stretch oldest = window.oldest();
    if (oldest != null) {
      oldest.skipTo(derived, index);
    }
  }

  /** The first event of a log that some window may still cover. */
  private long keptFrom(EventLog log, int l, Cells derived, long oldestMs) {
    long most = log.end();
    for (Window window : windows) {
      Stretch oldest = window.oldest();
      if (oldest != null && window.log() == l) {
        most = Math.min(most, oldest.start(derived));
      }
    }
    return log.firstAfter(log.first(), oldestMs, most);
  }

  private void fold(KeyState state, int l, long before) {
    EventLog log = state.log(l);
    for (int i = 0; i < endless.length; i++) {
      if (endless[i].log() == l) {
        Fold register = endless[i].register(state, i);
        state.setRegister(i, register);
        for (long at = log.first(); at < before; at++) {
          register.include(log, at);
        }
      }
    }
  }

  private Cells derived(KeyState state) {
    if (state.derived() instanceof Cells known) {
      return known;
    }
    Cells stored =
        state.derived() instanceof Derived.Stored bytes ? restored(state, bytes.input()) : null;
    Cells derived = stored == null ? computed(state) : stored;
    state.setDerived(derived);
    return derived;
  }

  private Cells computed(KeyState state) {
    Cells derived = cells.cells();
    long now = state.newestMs();
    for (Window window : windows) {
      EventLog log = state.log(window.log());
      begin(window.span(), derived, log, window.stretch(), now, window.delayMs());
      Stretch oldest = window.oldest();
      if (oldest != null) {
        begin(window.span(), derived, log, oldest, now, window.delayMs() + outOfOrderMs);
      }
    }
    for (int i = 0; i < endless.length; i++) {
      Endless each = endless[i];
      EventLog log = state.log(each.log());
      derived.objects[each.folded()] = each.folded(state, i);
      derived.words[each.end()] = log.first();
      if (now != Long.MIN_VALUE) {
        each.extend(log, derived, log.firstAfter(now - each.delayMs()));
      }
    }
    return derived;
  }

  /** The cells that lay beside a log on disk, or null where another version wrote them. */
  private @Nullable Cells restored(KeyState state, StateInput input) {
    Cells read = cells.read(input);
    if (read != null) {
      for (Window window : windows) {
        window.stretch().restore(read, state.log(window.log()));
      }
      for (Endless each : endless) {
        each.restore(read);
      }
    }
    return read;
  }

  private static void begin(
      Span span, Cells cells, EventLog log, Stretch stretch, long newestMs, long behindMs) {
    if (newestMs == Long.MIN_VALUE) {
      stretch.restart(cells, log, log.first(), log.first());
    } else {
      long end = log.firstAfter(newestMs - behindMs);
      stretch.restart(cells, log, span.startAt(log, end, newestMs - behindMs), end);
    }
  }
}
