package io.vigia.flink;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a job keeps the state of its keys between two events. */
public enum StateStorage {
  /** As objects on the heap: the fastest; every checkpoint writes all of it. */
  HEAP,
  /**
   * In RocksDB, on disk beneath a cache: as many keys as the disk holds; a checkpoint writes what
   * has changed.
   */
  ROCKSDB;

  /** As users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The storage of a word, in any case. */
  public static Optional<StateStorage> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equalsIgnoreCase(word)).findFirst();
  }
}
