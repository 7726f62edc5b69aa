package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The real order lines of a shop, two months of them, dirty as they are. */
final class EventFileRealDataTest {

  /**
   * The project's folder of real data: the property {@code vigia.data}, or where it lies beside the
   * repository.
   */
  private static Path data(String file) {
    String folder = System.getProperty("vigia.data");
    Path path =
        folder != null
            ? Path.of(folder)
            : Path.of("../../shared/data").toAbsolutePath().normalize();
    Path found = path.resolve(file);
    assertTrue(
        Files.isReadable(found),
        found
            + " must be there to test with real data; say where it is with -Dvigia.data=<folder>");
    return found;
  }

  @Test
  void next_twoMonthsOfTheShop_everyLineIsAnEventAndItsJsonTheSame() {
    EventDecoder decoder = StreamBuilder.orderLines().decoder();
    Problems problems = new Problems();
    List<Path> paths =
        List.of(data("online-retail/2010-12.csv.gz"), data("online-retail/2011-01.csv.gz"));
    long december = 0;
    long noCustomer = 0;
    Map<String, Object> largest = Map.of();
    try (EventFile file =
        EventFile.open(decoder, paths, new EventFile.Options(true, 0), problems).orElseThrow()) {
      for (FileEvent read = file.next(); read != null; read = file.next()) {
        Event event = read.event();
        byte[] json = read.json();
        Event again = decoder.decodeJson(json, 0, json.length, read.envelope(), 0, 0, 0, problems);
        assertTrue(again != null, read.file() + ":" + read.line());
        assertEquals(event.contentHash(), again.contentHash());
        assertEquals(event.id(), again.id());
        assertEquals(event.key(), again.key());
        assertEquals(event.timeMs(), again.timeMs());
        december += read.file().startsWith("2010-12") ? 1 : 0;
        noCustomer += event.values().has(event.stream().position("customer")) ? 0 : 1;
        if ("541431".equals(event.values().object(event.stream().position("invoice")))) {
          largest = Decoded.values(event);
          assertEquals("2011-01.csv.gz:" + read.line(), event.id());
        }
      }
      assertEquals(0, file.bad());
      assertEquals(file.totalBytes(), file.consumedBytes());
      assertEquals(LINES_2010_12 + LINES_2011_01, file.good());
    }
    assertEquals(List.of(), Decoded.lines(problems.sorted()));
    assertEquals(LINES_2010_12, december);
    assertTrue(noCustomer > 10_000, "without customer: " + noCustomer);
    assertEquals(74_215L, largest.get("quantity"));
    assertEquals(new BigDecimal("1.04"), largest.get("unit_price"));
  }

  private static final long LINES_2010_12 = 42_481;
  private static final long LINES_2011_01 = 35_147;
}
