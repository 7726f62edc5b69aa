package io.vigia.flink;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;

/** How a job uses RocksDB. */
final class RocksDb {
  private RocksDb() {}

  static void configure(Configuration c) {
    c.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    // A checkpoint uploads the files that are new since the one before.
    c.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // Most ids and many keys are new: a filter says so without a look at the disk.
    c.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    // One timer a key: on the heap they would outgrow what is kept of the keys.
    c.set(RocksDBOptions.TIMER_SERVICE_FACTORY, PriorityQueueStateType.ROCKSDB);
  }
}
