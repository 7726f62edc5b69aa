package io.vigia.flink;

/** The states in RocksDB. */
final class FlinkRocksDbContractTest extends FlinkContract {
  @Override
  StateStorage state() {
    return StateStorage.ROCKSDB;
  }
}
