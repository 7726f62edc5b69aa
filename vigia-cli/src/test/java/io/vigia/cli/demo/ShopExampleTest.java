package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.event.EventFile;
import io.vigia.wire.event.FileEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The shop example on real invoice lines, which lie beside the repository and not in it. */
class ShopExampleTest {
  private static final CompiledPipeline PIPELINE = Example.compiled("shop");

  @Test
  void tests_ofTheFile_pass() {
    assertEquals(List.of(), Example.failuresOf(PIPELINE));
    assertEquals(6, PIPELINE.definition().tests().size());
  }

  @Test
  void decide_january_flagsTheLargestOrderAndItsCancellation() {
    Map<String, Decision> flagged = flagged(List.of("2011-01.csv.gz"), 35_147);
    Decision order = Objects.requireNonNull(flagged.get("2011-01.csv.gz:19140"));
    assertEquals("hold", order.outcome());
    assertEquals("74215 units in one line, worth £77183.6", order.rules().get(0).reason());
    Decision cancellation = Objects.requireNonNull(flagged.get("2011-01.csv.gz:19145"));
    assertEquals("review", cancellation.outcome());
    assertEquals(
        "74215 units of invoice 541431 taken back after 16 minutes, worth £77183.6",
        cancellation.rules().get(0).reason());
    assertTrue(flagged.size() <= 15, () -> flagged.size() + " lines flagged: " + reasons(flagged));
  }

  @Test
  void decide_aprilAndMay_noticesWhatSuddenlySells() {
    // The shop knows a product after two weeks, so that one month says little.
    long lines = 29_916 + 37_030;
    Map<String, Decision> flagged = flagged(List.of("2011-04.csv.gz", "2011-05.csv.gz"), lines);
    Map<String, Integer> rules = new TreeMap<>();
    flagged
        .values()
        .forEach(
            decision ->
                decision.rules().forEach(fired -> rules.merge(fired.rule(), 1, Integer::sum)));
    assertTrue(rules.getOrDefault("surge", 0) > 0, rules::toString);
    assertTrue(rules.getOrDefault("far_above_own", 0) > 0, rules::toString);
    assertTrue(flagged.size() < 0.005 * lines, rules::toString);
  }

  private static String reasons(Map<String, Decision> flagged) {
    StringBuilder text = new StringBuilder();
    flagged.forEach(
        (id, decision) -> text.append('\n').append(id).append(' ').append(decision.rules()));
    return text.toString();
  }

  /** The decisions other than accept, by event id. */
  private static Map<String, Decision> flagged(List<String> names, long lines) {
    List<Path> files =
        names.stream().map(name -> data().resolve("online-retail").resolve(name)).toList();
    files.forEach(
        file ->
            assertTrue(
                Files.isReadable(file),
                () ->
                    file
                        + " is missing: it is real data that is no part of the repository; say"
                        + " where its folder is with -Dvigia.data=…"));
    Replay replay = new Replay(PIPELINE, 1);
    EventDecoder decoder = new EventDecoder(Objects.requireNonNull(PIPELINE.stream("order_lines")));
    Problems problems = new Problems();
    Map<String, Decision> flagged = new LinkedHashMap<>();
    long read = 0;
    try (EventFile events =
        EventFile.open(decoder, files, new EventFile.Options(false, 0), problems).orElseThrow()) {
      for (FileEvent line = events.next(); line != null; line = events.next()) {
        read++;
        Event event = line.event();
        Decision decision = Objects.requireNonNull(replay.process(event).decision());
        if (!decision.outcome().equals("accept")) {
          flagged.put(event.id(), decision);
        }
      }
    }
    assertEquals(List.of(), problems.sorted());
    assertEquals(lines, read);
    return flagged;
  }

  private static Path data() {
    return Example.root().resolve(System.getProperty("vigia.data", "../shared/data")).normalize();
  }
}
