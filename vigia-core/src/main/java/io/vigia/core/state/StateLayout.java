package io.vigia.core.state;

import java.util.List;

/**
 * What the state of one key of one stage consists of.
 *
 * <p><b>Shape.</b> One log for each stream that feeds a feature of the stage, one register for each
 * value that a feature without a window folds its past into, one identity log for each stream whose
 * ids are checked at the stage.
 */
public record StateLayout(List<LogLayout> logs, int registers, int identities) {
  public StateLayout {
    logs = List.copyOf(logs);
  }
}
