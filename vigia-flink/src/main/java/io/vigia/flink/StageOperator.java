package io.vigia.flink;

import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/**
 * Runs a {@link StageFunction} and lets it write states of other keys than the current one: when
 * they make room, and before a checkpoint.
 */
final class StageOperator extends KeyedProcessOperator<String, Transit, Transit> {
  private static final long serialVersionUID = 1L;

  StageOperator(StageFunction stage) {
    super(stage);
  }

  @Override
  public void open() throws Exception {
    ((StageFunction) userFunction).use(this);
    super.open();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    ((StageFunction) userFunction).flush();
  }
}
