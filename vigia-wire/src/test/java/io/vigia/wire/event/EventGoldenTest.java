package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.wire.decision.KnownEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every problem of events, word by word: {@code src/test/resources/golden/event/*.txt}.
 *
 * <p><b>Shape.</b> A comment, a stream (words of {@link StreamBuilder}, one a line), then cases:
 * behind {@code ----- <form>} the input, behind {@code =====>} what is told. Forms are {@code
 * json}, {@code batch} (a body with its Content-Type as second word), the name of a file, and
 * {@code conflict}. In the input {@code \xhh} is a byte and <code>{{n*text}}</code> is a text n
 * times. Run with {@code -Dvigia.golden=update} to write what is told now.
 */
final class EventGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/event");

  @TempDir Path temp;

  @TestFactory
  Stream<DynamicTest> golden() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  @Test
  void golden_everyCodeOfEvents_hasAFile() throws IOException {
    Set<ProblemCode> missing = EnumSet.noneOf(ProblemCode.class);
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      all.append(Files.readString(file));
    }
    for (ProblemCode code : ProblemCode.values()) {
      if (code.name().startsWith("EVENT_") && all.indexOf("\n" + code.text()) < 0) {
        missing.add(code);
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> sorted = files.sorted().toList();
      assertTrue(sorted.size() >= 5, "golden files in " + FOLDER.toAbsolutePath());
      return sorted;
    }
  }

  private void check(Path file) throws IOException {
    String text = Files.readString(file);
    String[] cases = text.split("(?m)^----- ", -1);
    StringBuilder told = new StringBuilder(cases[0]);
    for (int i = 1; i < cases.length; i++) {
      int formEnd = cases[i].indexOf('\n');
      int arrow = cases[i].indexOf("=====>\n");
      String form = cases[i].substring(0, formEnd);
      String input = cases[i].substring(formEnd + 1, arrow);
      told.append("----- ").append(cases[i], 0, arrow).append("=====>\n");
      for (String line : told(cases[0], form, input.strip())) {
        told.append(line).append('\n');
      }
      told.append(i == cases.length - 1 ? "" : "\n");
    }
    if ("update".equals(System.getProperty("vigia.golden"))) {
      Files.writeString(file, told);
    }
    assertEquals(Files.readString(file), told.toString());
  }

  private List<String> told(String stream, String form, String input) throws IOException {
    EventDecoder decoder = new EventDecoder(stream(stream));
    byte[] bytes = bytes(input);
    Problems problems = new Problems();
    List<String> lines = new ArrayList<>();
    if (form.equals("conflict")) {
      Problem conflict = new KnownEvent("0".repeat(32), input, decoder.stream().name()).conflict();
      return Decoded.lines(List.of(conflict));
    }
    if (form.startsWith("batch ")) {
      JsonEvents.Form body = JsonEvents.Form.of(form.substring(6)).orElseThrow();
      EventBatch batch = JsonEvents.split(decoder.stream().name(), bytes, body, Envelope.NONE);
      lines.addAll(Decoded.lines(batch.problems()));
      for (EventSlice slice : batch.slices()) {
        lines.add("event " + slice.index());
        lines.addAll(Decoded.lines(slice.problems()));
        if (slice.problems().isEmpty()) {
          lines.addAll(decode(decoder, slice));
        }
      }
      return lines;
    }
    if (form.equals("json")) {
      Event event =
          decoder.decodeJson(bytes, 0, bytes.length, Envelope.NONE, NOON_MS, 0, 0, problems);
      if (event != null) {
        EventAge.isTaken(event, problems);
      }
    } else {
      Path file = temp.resolve(form);
      Files.write(file, bytes);
      EventFile.open(decoder, List.of(file), new EventFile.Options(false, 0), problems)
          .ifPresent(EventGoldenTest::readAll);
    }
    for (String line : Decoded.lines(problems.sorted())) {
      lines.add(line.replace(temp + "/", ""));
    }
    return lines.isEmpty() ? List.of("no problem") : lines;
  }

  /** When events arrive: 2026-01-01 12:00 UTC. */
  private static final long NOON_MS = 1_767_268_800_000L;

  private static void readAll(EventFile file) {
    try (file) {
      while (file.next() != null) {
        // for its problems
      }
    }
  }

  private static List<String> decode(EventDecoder decoder, EventSlice slice) {
    Problems problems = new Problems();
    decoder.decodeJson(
        slice.bytes(), slice.from(), slice.length(), slice.envelope(), NOON_MS, 0, 0, problems);
    return problems.hasErrors() ? Decoded.lines(problems.sorted()) : List.of("no problem");
  }

  private static StreamSchema stream(String text) {
    StreamBuilder stream = new StreamBuilder("payments");
    for (String line : text.split("\n", -1)) {
      String[] words = line.split("\\s+", -1);
      switch (words[0]) {
        case "id" -> stream.id(Arrays.copyOfRange(words, 1, words.length));
        case "key" -> stream.key(Arrays.copyOfRange(words, 1, words.length));
        case "time" -> stream.time(words[1]);
        case "max_age_s" -> stream.maxAgeMs(1000 * Long.parseLong(words[1]));
        case "max_ahead_s" -> stream.maxAheadMs(1000 * Long.parseLong(words[1]));
        case "field" ->
            stream.field(
                words[1],
                words[2],
                words.length > 3 ? words[3] : words[1],
                words.length > 4 ? words[4].replace('_', ' ').replace("epoch ", "epoch_") : null,
                words.length > 5 ? words[5] : null);
        default -> assertTrue(line.isEmpty() || line.startsWith("#"), line);
      }
    }
    return stream.build();
  }

  private static byte[] bytes(String input) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    try {
      while (at < input.length()) {
        if (input.startsWith("\\x", at)) {
          bytes.write(Integer.parseInt(input.substring(at + 2, at + 4), 16));
          at += 4;
        } else if (input.startsWith("{{", at)) {
          int star = input.indexOf('*', at);
          int end = input.indexOf("}}", star);
          int count = Integer.parseInt(input.substring(at + 2, star));
          bytes.write(
              input.substring(star + 1, end).repeat(count).getBytes(StandardCharsets.UTF_8));
          at = end + 2;
        } else {
          int next = input.offsetByCodePoints(at, 1);
          bytes.write(input.substring(at, next).getBytes(StandardCharsets.UTF_8));
          at = next;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
