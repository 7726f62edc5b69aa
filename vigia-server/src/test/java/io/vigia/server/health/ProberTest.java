package io.vigia.server.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.server.topic.ReplyAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class ProberTest {
  private final List<TopicPartition> partitions =
      List.of(new TopicPartition("t", 0), new TopicPartition("t", 1));
  private final AtomicLong numbers = new AtomicLong();
  private final List<Long> sent = new ArrayList<>();
  private boolean refusing;
  private final Prober prober =
      new Prober(
          "p",
          partitions,
          () -> new ReplyAddress("g", numbers.incrementAndGet()),
          (partition, address, failed) -> {
            if (refusing) {
              failed.run();
            } else {
              sent.add(address.number());
            }
          });

  @Test
  void tick_atTheStart_provesEveryPartitionOnce() {
    prober.tick(at(0));
    prober.tick(at(250));
    assertEquals(2, sent.size());
    assertFalse(prober.isOpen());
    assertEquals("2 of 2 partitions have not returned their first probe", prober.fault(at(250)));
    prober.returned(sent.get(0), at(300));
    assertEquals("1 of 2 partitions have not returned their first probe", prober.fault(at(300)));
    prober.returned(sent.get(1), at(320));
    assertTrue(prober.isOpen());
    assertEquals("", prober.fault(at(320)));
    assertEquals(at(320), prober.roundTripNanos());
  }

  @Test
  void tick_firstProbeLost_isSentAgainAfterAWhile() {
    prober.tick(at(0));
    prober.returned(sent.get(0), at(10));
    prober.tick(at(9_000));
    assertEquals(2, sent.size());
    prober.tick(at(10_500));
    assertEquals(3, sent.size());
    prober.returned(sent.get(2), at(10_600));
    assertTrue(prober.isOpen());
  }

  @Test
  void tick_logTakesNoProbe_isTriedAgainAndNotCounted() {
    refusing = true;
    prober.tick(at(0));
    assertEquals(0, prober.sent());
    refusing = false;
    prober.tick(at(250));
    assertEquals(2, prober.sent());
  }

  @Test
  void tick_open_sendsOneEveryTwoSeconds() {
    open();
    prober.tick(at(1_000));
    assertEquals(2, sent.size());
    prober.tick(at(2_100));
    assertEquals(3, sent.size());
    prober.tick(at(4_200));
    assertEquals(3, sent.size(), "one under way is enough");
    prober.returned(sent.get(2), at(4_300));
    prober.tick(at(4_400));
    assertEquals(4, sent.size());
  }

  @Test
  void fault_probeDoesNotComeBack_tellsForHowLong() {
    open();
    prober.tick(at(2_100));
    assertEquals("", prober.fault(at(7_000)));
    assertEquals("no probe has come back for 6 s", prober.fault(at(8_200)));
    prober.tick(at(12_200));
    assertEquals(4, sent.size(), "one more after ten seconds");
    prober.returned(sent.get(3), at(12_300));
    assertEquals("", prober.fault(at(12_400)), "the later one proves the way");
    assertTrue(prober.isOpen());
  }

  @Test
  void returned_unknownNumber_isPassedOver() {
    open();
    prober.returned(77, at(5));
    assertEquals("", prober.fault(at(10)));
  }

  private void open() {
    prober.tick(at(0));
    prober.returned(sent.get(0), at(1));
    prober.returned(sent.get(1), at(1));
  }

  private static long at(long ms) {
    return Duration.ofMillis(ms).toNanos();
  }
}
