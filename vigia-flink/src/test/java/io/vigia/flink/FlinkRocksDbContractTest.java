package io.vigia.flink;

/** The states in RocksDB: sometimes all in memory as well, sometimes hardly any. */
final class FlinkRocksDbContractTest extends FlinkContract {
  private static final DiskStates.Limits LITTLE = new DiskStates.Limits(10_000, 1);

  private boolean little;

  @Override
  StateStorage state() {
    return StateStorage.ROCKSDB;
  }

  @Override
  DiskStates.Limits limits() {
    little = !little;
    return little ? LITTLE : DiskStates.Limits.DEFAULT;
  }
}
