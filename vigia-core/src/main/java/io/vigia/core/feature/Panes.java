package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window that keeps what lies in one pane of time as one.
 *
 * <p><b>Shape.</b> With {@code over: w} and {@code resolution: r} a pane is {@code (k·r, (k+1)·r]},
 * counted from 1970, and the window at a time <i>t</i> is {@code (⌊(t − w) / r⌋·r, t]}: it begins
 * where a pane does, at most <i>r</i> earlier than without the word. With {@code count: true, over:
 * 5m, resolution: 2m}:
 *
 * <pre>
 * event at  10:01  10:03  10:06  10:07
 * value         1      2      3      3   at 10:06 the window is (10:00, 10:06], at 10:07 (10:02, 10:07]
 * </pre>
 *
 * <p><b>Units and bounds.</b> An event costs O(1) amortised, O(panes) where what is read cannot be
 * taken back, such as the extreme that has left, and for a late one. Memory: one {@link Part} for
 * each pane that had an event, in the state and beside it.
 *
 * <p><b>Source.</b> J. Li, D. Maier, K. Tufte, V. Papadimos, P. A. Tucker, No Pane, No Gain:
 * Efficient Evaluation of Sliding-Window Aggregates over Data Streams, 2005.
 */
final class Panes extends Fold {
  /*
   * Parts are in the order of their panes. All that are kept together are merged once and from then on
   * changed by what comes and by the parts that leave; what cannot be taken away again, such as the largest
   * value, is merged anew when it was decisive. Both is derived and not written.
   */
  private final PaneGrid grid;
  private final PartPlan plan;
  private final List<Part> parts = new ArrayList<>();
  private long[] panes = new long[4];

  /** The first pane that still counts; what comes later for one before is passed over. */
  private long first = Long.MIN_VALUE;

  private @Nullable Part all;

  Panes(PaneGrid grid, PartPlan plan) {
    this.grid = grid;
    this.plan = plan;
  }

  Panes(PaneGrid grid, PartPlan plan, StateInput input) {
    this(grid, plan);
    if (input.readByte() == 0) {
      return;
    }
    first = input.readSigned();
    int count = input.readCount(1);
    long pane = first;
    for (int i = 0; i < count; i++) {
      pane += input.readUnsigned();
      insert(i, pane, plan.read().apply(input));
    }
  }

  @Override
  void include(EventLog log, long index) {
    long time = log.time(index);
    dropBefore(grid.firstAt(time));
    long pane = grid.paneOf(time);
    if (pane < first) {
      return;
    }
    int at = parts.size();
    while (at > 0 && panes[at - 1] >= pane) {
      at--;
    }
    if (at == parts.size() || panes[at] != pane) {
      insert(at, pane, plan.create().get());
    }
    Part part = parts.get(at);
    part.include(log, index);
    Part merged = all;
    if (merged != null) {
      merged.include(log, index);
      if (!merged.agreesWith(part)) {
        all = null;
      }
    }
  }

  private void insert(int at, long pane, Part part) {
    if (parts.size() == panes.length) {
      panes = Arrays.copyOf(panes, 2 * panes.length);
    }
    System.arraycopy(panes, at, panes, at + 1, parts.size() - at);
    panes[at] = pane;
    parts.add(at, part);
  }

  private void dropBefore(long pane) {
    if (pane <= first) {
      return;
    }
    first = pane;
    int gone = 0;
    while (gone < parts.size() && panes[gone] < pane) {
      if (all != null && !all.takeAway(parts.get(gone))) {
        all = null;
      }
      gone++;
    }
    if (gone > 0) {
      System.arraycopy(panes, gone, panes, 0, parts.size() - gone);
      parts.subList(0, gone).clear();
    }
  }

  @Override
  void read(Slots into, int slot, long timeMs) {
    dropBefore(grid.firstAt(timeMs));
    Part merged = all;
    if (merged == null) {
      merged = plan.total().get();
      for (Part part : parts) {
        merged.merge(part);
      }
      all = merged;
    }
    merged.read(into, slot, timeMs);
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(Part::size).sum();
  }

  @Override
  public Fold copy() {
    Panes copy = new Panes(grid, plan);
    copy.panes = panes.clone();
    copy.first = first;
    parts.forEach(part -> copy.parts.add(part.copy()));
    return copy;
  }

  @Override
  public void write(StateOutput output) {
    output.writeByte(first == Long.MIN_VALUE ? 0 : 1);
    if (first == Long.MIN_VALUE) {
      return;
    }
    output.writeSigned(first);
    output.writeUnsigned(parts.size());
    long before = first;
    for (int i = 0; i < parts.size(); i++) {
      output.writeUnsigned(panes[i] - before);
      before = panes[i];
      parts.get(i).write(output);
    }
  }
}
