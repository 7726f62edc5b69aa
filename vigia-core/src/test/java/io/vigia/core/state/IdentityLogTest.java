package io.vigia.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.Cases;
import io.vigia.core.state.IdentityLog.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class IdentityLogTest {
  private static Answer admit(IdentityLog log, long id, long content, long timeMs) {
    return log.admit(id, ~id, content, timeMs);
  }

  @Test
  void admit_newRepeatedAndOther_isTold() {
    IdentityLog log = new IdentityLog();
    assertEquals(Answer.NEW, admit(log, 1, 7, 100));
    assertEquals(Answer.REPEAT, admit(log, 1, 7, 101));
    assertEquals(Answer.CONFLICT, admit(log, 1, 8, 102));
    assertEquals(100, log.newestMs());
    assertEquals(Answer.NEW, log.admit(1, 1, 7, 100));
  }

  @Test
  void forgetUpTo_theTimeItself_isForgotten() {
    IdentityLog log = new IdentityLog();
    admit(log, 1, 7, 100);
    admit(log, 2, 7, 101);
    log.forgetUpTo(100);
    assertEquals(Answer.REPEAT, admit(log, 2, 7, 102));
    assertEquals(Answer.NEW, admit(log, 1, 7, 102));
    log.forgetUpTo(102);
    assertEquals(Long.MIN_VALUE, log.newestMs());
  }

  /** Beyond 32 ids an index takes over from the scan; it must know the same. */
  @Test
  void log_anyOperations_equalsAMap() {
    Cases.run(
        60,
        random -> {
          IdentityLog log = new IdentityLog();
          Map<Long, long[]> model = new LinkedHashMap<>();
          long time = 0;
          int range = random.nextBoolean() ? 40 : 1_000;
          for (int i = 0; i < 1_500; i++) {
            time += random.nextInt(3);
            // Some ids share the bits that the index begins its search with.
            long id = random.nextInt(range) * (random.nextInt(4) == 0 ? 4_096L : 1L);
            long content = random.nextInt(2);
            long[] known = model.get(id);
            Answer expected =
                known == null ? Answer.NEW : known[1] == content ? Answer.REPEAT : Answer.CONFLICT;
            long at = Math.max(log.newestMs(), time - random.nextInt(3));
            assertEquals(expected, admit(log, id, content, at), "operation " + i);
            if (known == null) {
              model.put(id, new long[] {at, content});
            }
            if (random.nextInt(10) == 0) {
              long horizon = time - random.nextInt(random.nextInt(4) == 0 ? 2_000 : 200);
              log.forgetUpTo(horizon);
              model.values().removeIf(entry -> entry[0] <= horizon);
            }
            if (random.nextInt(60) == 0) {
              IdentityLog copy = log.copy();
              assertArrayEquals(bytes(log), bytes(copy));
              admit(log, 10_000_000 + i, 1, time);
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
