package io.vigia.core.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyTableTest {
  private static final StateLayout LAYOUT = new StateLayout(List.of(), 0, 0);

  @Test
  void table_addedAndSwept_holdsWhatAHashMapHolds() {
    long seed = 20_261;
    Random dice = new Random(seed);
    KeyTable table = new KeyTable();
    Map<String, KeyState> expected = new HashMap<>();
    for (int n = 0; n < 20_000; n++) {
      String key = "k" + dice.nextInt(3_000);
      KeyState known = table.get(key);
      assertSame(expected.get(key), known, () -> "seed " + seed + ", key " + key);
      if (known == null) {
        KeyState state = new KeyState(LAYOUT);
        state.advanceTo(n);
        table.add(key, state);
        expected.put(key, state);
      }
      if (n % 4_000 == 3_999) {
        long oldest = n - 3_000L;
        table.removeIf(state -> state.newestMs() < oldest);
        expected.values().removeIf(state -> state.newestMs() < oldest);
      }
      assertEquals(expected.size(), table.size());
    }
    Map<String, KeyState> all = new HashMap<>();
    table.forEach(all::put);
    assertEquals(expected, all);
    assertEquals(
        expected.values().stream().mapToLong(KeyState::newestMs).sum(),
        table.sum(KeyState::newestMs));
  }

  @Test
  void get_keysOfOneHash_areToldApart() {
    // Of all strings of these two pieces those of equal length have the same hash.
    List<String> alike = List.of("AaAa", "AaBB", "BBAa", "BBBB");
    KeyTable table = new KeyTable();
    alike.subList(0, 3).forEach(key -> table.add(key, new KeyState(LAYOUT)));

    assertNull(table.get("BBBB"));
    assertEquals(3, alike.stream().map(table::get).filter(s -> s != null).distinct().count());
  }
}
