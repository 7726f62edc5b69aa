package io.vigia.flink;

/** The states on the heap. */
final class FlinkHeapContractTest extends FlinkContract {
  @Override
  StateStorage state() {
    return StateStorage.HEAP;
  }
}
