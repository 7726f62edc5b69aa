package io.vigia.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.Cases;
import io.vigia.core.event.EventId;
import io.vigia.core.state.IdentityLog.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class IdentityLogTest {
  private static EventId id(long number) {
    return new EventId(number, ~number);
  }

  @Test
  void find_newRepeatedAndOther_isTold() {
    IdentityLog log = new IdentityLog();
    assertEquals(Answer.NEW, log.find(id(1), 7));
    log.add(id(1), 7, 100);
    assertEquals(Answer.REPEAT, log.find(id(1), 7));
    assertEquals(Answer.CONFLICT, log.find(id(1), 8));
    assertEquals(Answer.NEW, log.find(new EventId(1, 1), 7));
    assertEquals(100, log.newestMs());
  }

  @Test
  void forgetUpTo_theTimeItself_isForgotten() {
    IdentityLog log = new IdentityLog();
    log.add(id(1), 7, 100);
    log.add(id(2), 7, 101);
    log.forgetUpTo(100);
    assertEquals(Answer.NEW, log.find(id(1), 7));
    assertEquals(Answer.REPEAT, log.find(id(2), 7));
    log.forgetUpTo(101);
    assertEquals(Long.MIN_VALUE, log.newestMs());
  }

  /** Beyond 32 ids an index takes over from the scan; it must know the same. */
  @Test
  void log_anyOperations_equalsAMap() {
    Cases.run(
        60,
        random -> {
          IdentityLog log = new IdentityLog();
          Map<EventId, long[]> model = new LinkedHashMap<>();
          long time = 0;
          int range = random.nextBoolean() ? 40 : 400;
          for (int i = 0; i < 600; i++) {
            time += random.nextInt(3);
            EventId id = id(random.nextInt(range));
            long content = random.nextInt(2);
            long[] known = model.get(id);
            Answer expected =
                known == null ? Answer.NEW : known[1] == content ? Answer.REPEAT : Answer.CONFLICT;
            assertEquals(expected, log.find(id, content), "operation " + i);
            if (known == null) {
              long at = Math.max(log.newestMs(), time - random.nextInt(3));
              log.add(id, content, at);
              model.put(id, new long[] {at, content});
            }
            if (random.nextInt(10) == 0) {
              long horizon = time - random.nextInt(200);
              log.forgetUpTo(horizon);
              model.values().removeIf(entry -> entry[0] <= horizon);
            }
            if (random.nextInt(60) == 0) {
              IdentityLog copy = log.copy();
              assertArrayEquals(bytes(log), bytes(copy));
              log.add(id(1_000_000 + i), 1, time);
              log = copy;
            }
            if (random.nextInt(60) == 0) {
              log = IdentityLog.read(new StateInput(bytes(log)));
            }
          }
        });
  }

  private static byte[] bytes(IdentityLog log) {
    StateOutput output = new StateOutput();
    log.write(output);
    return output.toByteArray();
  }
}
