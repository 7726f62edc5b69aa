package io.vigia.core.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been changed about a pipeline's lists while it runs, as far as it is known here.
 *
 * <p><b>Shape.</b> Lists are known by their position in the pipeline file. An engine has one of
 * these for each running pipeline, applies every {@link ListChange} to it in the order of their
 * log, and gives it to each {@link Row}; expressions ask it as of the time at which the row's event
 * arrived.
 *
 * <p>One thread writes, any number read.
 */
public final class Lists {
  /** The lists as the file declares them, for ever. */
  public static final Lists AS_DECLARED = new Lists(List.of());

  private final ListHistory[] histories;
  private final Map<String, ListHistory> byName = new HashMap<>();
  private volatile long newestJudgedMs = Long.MIN_VALUE;

  /** Nothing changed yet about the lists of these names, in the order of the file. */
  public Lists(List<String> names) {
    histories = new ListHistory[names.size()];
    for (int i = 0; i < histories.length; i++) {
      histories[i] = new ListHistory();
      byName.put(names.get(i), histories[i]);
    }
  }

  /** Takes a change in; one of a list that the pipeline does not have is passed over. */
  public void apply(ListChange change) {
    ListHistory history = byName.get(change.list());
    if (history != null) {
      history.add(change);
    }
  }

  /**
   * Tells that an event which arrived then is judged. A hint for {@link #isOverdue}; any number may
   * tell it at a time.
   */
  public void judged(long arrivedMs) {
    if (arrivedMs > newestJudgedMs) {
      newestJudgedMs = arrivedMs;
    }
  }

  /** Whether events have been judged that should have seen a change which is learnt only now. */
  public boolean isOverdue(ListChange change) {
    return change.fromMs() <= newestJudgedMs;
  }

  /** What has been said about a list; null when it is none of the pipeline's. */
  public @Nullable ListHistory history(String list) {
    return byName.get(list);
  }

  /** What has been said about the list at a position of the file; null when nothing ever was. */
  public @Nullable ListHistory changed(int list) {
    if (list < 0 || list >= histories.length) {
      return null;
    }
    ListHistory history = histories[list];
    return history.isChanged() ? history : null;
  }
}
