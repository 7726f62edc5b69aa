package io.vigia.flink;

import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** Each state as one object, which Flink's heap backend holds. */
final class HeapStates implements KeyStates {
  private final Stage stage;
  private final ValueState<KeyState> states;

  HeapStates(Stage stage, LayoutCodec layout, RuntimeContext context) {
    this.stage = stage;
    this.states =
        context.getState(new ValueStateDescriptor<>("key", new KeyStateSerializer(layout)));
  }

  @Override
  public @Nullable KeyState get() throws Exception {
    return states.value();
  }

  @Override
  public KeyState create() {
    return stage.newState();
  }

  @Override
  public void put(KeyState state) throws Exception {
    states.update(state);
  }

  @Override
  public void clear() {
    states.clear();
  }

  @Override
  public void flush() {}
}
