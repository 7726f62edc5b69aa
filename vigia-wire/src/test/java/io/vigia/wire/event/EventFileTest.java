package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  private static final String ROW =
      "536365,85123A,WHITE HEART,6,2010-12-01 08:26:00,2.50,17850.0,United Kingdom\n";

  @TempDir Path folder;

  private final Problems problems = new Problems();

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Path zipped(String name, String content) throws IOException {
    Path path = folder.resolve(name);
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }

  private List<FileEvent> read(EventDecoder decoder, Path... paths) {
    List<FileEvent> events = new ArrayList<>();
    try (EventFile file =
        EventFile.open(decoder, List.of(paths), new EventFile.Options(true, 77), problems)
            .orElseThrow(() -> new AssertionError(Decoded.lines(problems.sorted())))) {
      for (FileEvent event = file.next(); event != null; event = file.next()) {
        events.add(event);
      }
      assertEquals(events.size(), file.good());
      assertEquals(file.totalBytes(), file.consumedBytes());
    }
    return events;
  }

  private List<String> refused(EventDecoder decoder, Path... paths) {
    assertEquals(
        Optional.empty(),
        EventFile.open(decoder, List.of(paths), new EventFile.Options(false, 0), problems));
    return told();
  }

  private List<String> told() {
    return Decoded.lines(problems.sorted()).stream()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void next_csv_hasEventIdJsonAndLine() throws IOException {
    Path file = file("2011-01.csv", HEADER + ROW);

    FileEvent read = read(StreamBuilder.orderLines().decoder(), file).get(0);

    Event event = read.event();
    assertEquals("2011-01.csv:2", event.id());
    assertEquals("85123A", event.key());
    assertEquals(1_291_191_960_000L, event.timeMs());
    assertEquals(event.timeMs(), event.appendMs());
    assertEquals("17850.0", Decoded.values(event).get("customer"));
    assertEquals(new Envelope("2011-01.csv", "2", Envelope.LINE_TYPE, null), read.envelope());
    assertEquals(
        "{\"InvoiceNo\":\"536365\",\"StockCode\":\"85123A\",\"Description\":\"WHITE"
            + " HEART\",\"Quantity\":6,\"InvoiceDate\":\"2010-12-01"
            + " 08:26:00\",\"UnitPrice\":2.5,\"CustomerID\":\"17850.0\",\"Country\":\"United"
            + " Kingdom\"}",
        new String(read.json(), StandardCharsets.UTF_8));
  }

  @Test
  void next_quotedCells_keepCommasQuotesAndLineEnds() throws IOException {
    EventDecoder decoder =
        new StreamBuilder("s")
            .id("line")
            .key("k")
            .field("k", "string")
            .field("n", "int?")
            .decoder();
    Path file =
        file("a.csv", "\"k\",n\r\n\"a,\"\"b\"\"\r\nc\",1\r\n22\" frame,\" 2 \"\r\n\r\nlast,\"\"");

    List<FileEvent> events = read(decoder, file);

    assertEquals(List.of(2, 4, 6), events.stream().map(FileEvent::line).toList());
    assertEquals(
        List.of(
            Map.of("k", "a,\"b\"\r\nc", "n", 1L),
            Map.of("k", "22\" frame", "n", 2L),
            Map.of("k", "last")),
        events.stream().map(event -> Decoded.values(event.event())).toList());
    assertEquals(
        List.of(0L, 1L, 2L), events.stream().map(event -> event.event().offset()).toList());
    assertEquals(List.of(), told());
  }

  @Test
  void next_brokenRecords_areToldAndTheRestIsRead() throws IOException {
    EventDecoder decoder =
        new StreamBuilder("s").id("line").key("k").field("k", "string").field("n", "int").decoder();
    Path file = folder.resolve("b.csv");
    byte[] bytes =
        """
        k,n
        a,1
        ragged
        b,2,3
        "open,3
        c,4
        "x"y,5
        d,six
        ,7
        e,
        £,8

        f,9
        "multi
        line",ten
        """
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, bytes);

    List<FileEvent> events = read(decoder, file);

    assertEquals(List.of(2, 6, 13), events.stream().map(FileEvent::line).toList());
    assertEquals(
        List.of(
            "VG-EVENT-001 b.csv:3:1  found 1 cell, expected 2 as in the header",
            "VG-EVENT-001 b.csv:4:1  found 3 cells, expected 2 as in the header",
            "VG-EVENT-001 b.csv:5:1  text follows a closing quote, expected a comma or the end of"
                + " the line",
            "VG-EVENT-001 b.csv:7:1  text follows a closing quote, expected a comma or the end of"
                + " the line",
            "VG-EVENT-003 b.csv:8:3  field 'n': found \"six\", expected an int such as 42",
            "VG-EVENT-002 b.csv:9:1  field 'k': missing, expected a string",
            "VG-EVENT-002 b.csv:10:3  field 'n': missing, expected an int such as 42",
            "VG-EVENT-001 b.csv:11:1  found the byte 0xa3 at column 1, which is not UTF-8",
            "  help: convert the text, for example with: iconv -f WINDOWS-1252 -t UTF-8",
            "VG-EVENT-003 b.csv:15:7  field 'n': found \"ten\", expected an int such as 42"),
        told());
  }

  @Test
  void next_quoteNeverClosed_costsItsLineOnly() throws IOException {
    EventDecoder decoder =
        new StreamBuilder("s").id("line").key("k").field("k", "string").field("n", "int").decoder();
    String rows = "row,1\n".repeat(100_000);
    List<FileEvent> events = read(decoder, file("c.csv", "k,n\nfirst,0\n\"open,1\n" + rows));
    assertEquals(100_001, events.size());
    assertEquals(List.of("VG-EVENT-001 c.csv:3:1  a quote is opened that is never closed"), told());
    assertEquals("c.csv:4", events.get(1).event().id());
  }

  @Test
  void next_recordBeyondLimit_isRefusedAndTheNextIsRead() throws IOException {
    EventDecoder decoder =
        new StreamBuilder("s").id("line").key("k").field("k", "string").decoder();
    String huge = "x".repeat(EventLimits.EVENT_BYTES * 3);
    assertEquals(2, read(decoder, file("d.csv", "k\na\n" + huge + "\nb\n")).size());
    assertEquals(
        List.of(
            "VG-EVENT-006 d.csv:3:1  found a record of more than 262144 bytes, expected at most"
                + " that"),
        told());
    assertEquals(
        2, read(decoder, file("d.ndjson", "{\"k\":\"a\"}\n" + huge + "\n{\"k\":\"b\"}")).size());
    assertTrue(
        told().get(1).contains("d.ndjson:2:1  found a line of more than"), told().toString());
  }

  @Test
  void next_ndjson_hasRawBytesAndLines() throws IOException {
    EventDecoder decoder =
        new StreamBuilder("s").id("line").key("k").field("k", "string").decoder();
    Path file = file("e.jsonl", "\ufeff{\"k\":\"é\", \"x\":1}\r\n\n  \n{\"k\":5}\n{\"k\":\"b\"");
    List<FileEvent> events = read(decoder, file);
    assertEquals(
        "{\"k\":\"é\", \"x\":1}\r", new String(events.get(0).json(), StandardCharsets.UTF_8));
    assertEquals("e.jsonl:1", events.get(0).event().id());
    assertEquals(77, events.get(0).event().timeMs());
    assertEquals(
        List.of(
            "VG-EVENT-003 e.jsonl:4:6  field 'k': found 5, expected a string",
            "  help: write it in quotes: \"5\"",
            "VG-EVENT-001 e.jsonl:5:9  not valid JSON at column 9: unexpected end-of-input:"
                + " expected close marker for Object"),
        told());
  }

  @Test
  void next_ndjsonOfCloudEventStream_readsStructuredEvents() throws IOException {
    EventDecoder decoder = new StreamBuilder("s").key("k").field("k", "string").decoder();
    Path file =
        file(
            "f.ndjson",
            """
            {"specversion":"1.0","id":"1","source":"x","type":"t","time":"2026-01-01T00:00:00Z","data":{"k":"a"}}
            {"k":"b"}
            """);
    FileEvent event = read(decoder, file).get(0);
    assertEquals("x:1", event.event().id());
    assertEquals(1_767_225_600_000L, event.event().timeMs());
    assertEquals("{\"k\":\"a\"}", new String(event.json(), StandardCharsets.UTF_8));
    assertEquals(4, told().size());
    assertTrue(told().get(0).startsWith("VG-EVENT-001 f.ndjson:2:1  attribute"), told().toString());
  }

  @Test
  void next_severalFilesAlsoZipped_followEachOther() throws IOException {
    Path one = zipped("one.csv.gz", HEADER + ROW + ROW);
    Path two = file("two.CSV", "\ufeff" + HEADER.replace("\n", "\r\n") + ROW);
    Path none = file("none.csv", HEADER);
    List<FileEvent> events = read(StreamBuilder.orderLines().decoder(), one, none, two);
    assertEquals(
        List.of("one.csv.gz:2", "one.csv.gz:3", "two.CSV:2"),
        events.stream().map(event -> event.event().id()).toList());
    assertEquals(2, events.get(2).event().offset());
  }

  @Test
  void next_damagedArchive_isToldAfterWhatCouldBeRead() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < 50_000; i++) {
      rows.append(ROW.replace("536365", Integer.toString(i * 31)));
    }
    Path whole = zipped("whole.csv.gz", rows.toString());
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    Path good = file("good.csv", HEADER + ROW);

    List<FileEvent> events = read(StreamBuilder.orderLines().decoder(), cut, good);

    assertTrue(events.size() > 10_000, "read " + events.size());
    assertEquals("good.csv:2", events.get(events.size() - 1).event().id());
    int last = events.get(events.size() - 2).line();
    assertEquals(
        "VG-FILE-001 cut.csv.gz:"
            + (last + 1)
            + ":1  the archive is damaged from this line on: Unexpected end of ZLIB input stream",
        told().get(0));
  }

  @Test
  void open_filesThatAreNone_areAllToldAtOnce() throws IOException {
    EventDecoder decoder = StreamBuilder.orderLines().decoder();
    Files.createDirectory(folder.resolve("dir.csv"));
    assertEquals(
        List.of(
            "VG-FILE-001 dir.csv  the file cannot be read",
            "VG-FILE-001 missing.csv  there is no such file",
            "VG-FILE-001 x.xlsx  found a file named 'x.xlsx', expected .csv, .ndjson, .jsonl or"
                + " .json",
            "  help: each may have .gz behind"),
        refused(
            decoder,
            folder.resolve("x.xlsx"),
            folder.resolve("missing.csv"),
            folder.resolve("dir.csv")));
  }

  @Test
  void open_sameNameTwiceForIdsOfLines_isRefused() throws IOException {
    Path one = file("same.csv", HEADER);
    assertEquals(
        1,
        refused(StreamBuilder.orderLines().decoder(), one, one).stream()
            .filter(l -> l.startsWith("VG"))
            .count());
  }

  @Test
  void open_headers_areCheckedForAllFiles() throws IOException {
    EventDecoder decoder = StreamBuilder.orderLines().decoder();
    Path semicolons = file("a.csv", HEADER.replace(',', ';'));
    Path renamed = file("b.csv", HEADER.replace("StockCode", "Stockcode").replace("Quantity,", ""));
    Path twice = file("c.csv", HEADER.replace("Country", "Country,Country"));
    Path empty = file("d.csv", "\n\n");
    Path zip = file("e.csv.gz", HEADER);
    Path utf16 = folder.resolve("f.csv");
    Files.write(utf16, HEADER.getBytes(StandardCharsets.UTF_16));
    Path optional = file("g.csv", HEADER.replace("CustomerID", "Other"));
    assertEquals(
        List.of(
            "VG-EVENT-002 a.csv:1:1  columns 'InvoiceNo', 'StockCode', 'Quantity', 'InvoiceDate',"
                + " 'UnitPrice', 'Country' missing in the header, found"
                + " InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID;Country",
            "  help: separate the columns by commas",
            "VG-EVENT-002 b.csv:1:1  columns 'StockCode', 'Quantity' missing in the header, found"
                + " InvoiceNo, Stockcode, Description, InvoiceDate, UnitPrice, CustomerID, Country",
            "  help: say in the pipeline file where the field comes from: from: Stockcode",
            "VG-EVENT-001 c.csv:1:1  the column 'Country' stands twice in the header",
            "VG-EVENT-001 d.csv:1:1  the file is empty, expected a header line",
            "VG-FILE-001 e.csv.gz:1:1  the archive is damaged from this line on: Not in GZIP"
                + " format",
            "  help: check it with: gzip -t",
            "VG-EVENT-001 f.csv:1:1  found zero bytes, expected text in UTF-8",
            "  help: convert the text, for example with: iconv -f UTF-16 -t UTF-8"),
        refused(decoder, semicolons, renamed, twice, empty, zip, utf16, optional));
  }

  @Test
  void open_jsonOverSeveralLines_isRefused() throws IOException {
    EventDecoder decoder = new StreamBuilder("s").id("k").key("k").field("k", "string").decoder();
    Path array = file("a.json", "[{\"k\":\"1\"}]");
    Path pretty = file("b.json", "{\n  \"k\": \"1\"\n}\n");
    assertEquals(
        List.of(
            "VG-EVENT-001 a.json:1:1  found a JSON array, expected one JSON object a line",
            "  help: convert it, for example with: jq -c '.[]'",
            "VG-EVENT-001 b.json:1:1  found a JSON object over several lines, expected one JSON"
                + " object a line",
            "  help: convert it, for example with: jq -c ."),
        refused(decoder, array, pretty));
  }

  @Test
  void open_csvForCloudEventStream_isRefused() throws IOException {
    EventDecoder decoder = new StreamBuilder("s").key("k").field("k", "string").decoder();
    assertEquals(
        "VG-EVENT-004 a.csv  a CSV file has no CloudEvents, from which stream 's' takes the ids of"
            + " its events",
        refused(decoder, file("a.csv", "k\n1\n")).get(0));
  }
}
