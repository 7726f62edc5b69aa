package io.vigia.wire.event;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The events of one or several files, in the order of the paths and of the lines.
 *
 * <p><b>Shape.</b> {@code .csv} with a header line, {@code .ndjson}, {@code .jsonl} and {@code
 * .json} with one object a line, each also with {@code .gz} behind. CSV columns are found by the
 * fields' incoming names, other columns are left out; an empty cell, quoted or not, is a missing
 * value.
 *
 * <pre>
 * try (EventFile file = EventFile.open(decoder, paths, options, problems).orElseThrow(…)) {
 *   for (FileEvent event = file.next(); event != null; event = file.next()) { … }
 * }
 * </pre>
 *
 * <p><b>Units and bounds.</b> Bounded memory, whatever the file: a record is at most {@link
 * EventLimits#EVENT_BYTES}. Lines count from 1, the header is line 1, a record of several lines has
 * the number of its first. Events have partition 0, ordinal numbers from 0 as offsets, and their
 * own time as append time. Owned by one thread.
 *
 * <p><b>Errors.</b> What refuses a file (its name, its header) is found when it is opened, for all
 * files at once. A record that is no good is a problem with file and line, counted by {@link
 * #bad()}, and the next one follows. A damaged archive is a problem at the line where it breaks
 * off, and the next file follows. A file that cannot be read any further throws {@link
 * EnvironmentException}.
 */
public final class EventFile implements Closeable {

  /**
   * What is wanted of each event.
   *
   * @param json whether its JSON is wanted too
   * @param arrivalMs the time of events that have none of their own
   */
  public record Options(boolean json, long arrivalMs) {}

  private final EventDecoder decoder;
  private final List<Path> paths;
  private final Options options;
  private final Problems problems;
  private final long totalBytes;
  private final @Nullable JsonBytes json;
  private int nextPath;
  private @Nullable FileRecords current;
  private @Nullable CountingInput input;
  private long finishedBytes;
  private long good;
  private long bad;

  private EventFile(
      EventDecoder decoder, List<Path> paths, Options options, Problems problems, long totalBytes) {
    this.decoder = decoder;
    this.paths = List.copyOf(paths);
    this.options = options;
    this.problems = problems;
    this.totalBytes = totalBytes;
    this.json = options.json() ? new JsonBytes() : null;
  }

  /**
   * Opens files for reading.
   *
   * @param into where all problems go, those of single records while they are read
   * @return empty when a file cannot be taken at all
   */
  public static Optional<EventFile> open(
      EventDecoder decoder, List<Path> paths, Options options, Problems into) {
    int before = into.errors();
    long total = 0;
    Set<String> names = new HashSet<>();
    for (Path path : paths) {
      total += check(decoder, path, names, into);
    }
    EventFile file = new EventFile(decoder, paths, options, into, total);
    if (into.errors() == before) {
      for (Path path : paths) {
        file.probe(path);
      }
    }
    return into.errors() == before ? Optional.of(file) : Optional.empty();
  }

  private static long check(EventDecoder decoder, Path path, Set<String> names, Problems into) {
    Place place = Place.of(path.toString());
    Kind id = decoder.stream().definition().id().kind();
    if (formatOf(path) == null) {
      into.add(
          ProblemCode.FILE_UNREADABLE,
          place,
          "found a file named '" + nameOf(path) + "', expected .csv, .ndjson, .jsonl or .json",
          "each may have .gz behind");
    } else if (id == Kind.CLOUD_EVENT && formatOf(path) == Format.CSV) {
      into.add(
          ProblemCode.EVENT_IDENTITY,
          place,
          "a CSV file has no CloudEvents, from which stream '"
              + decoder.stream().name()
              + "' takes the ids of its events",
          "name the field that has the id in the pipeline file, or take file and line: id: line");
    } else if (id == Kind.LINE && !names.add(nameOf(path))) {
      into.add(
          ProblemCode.EVENT_IDENTITY,
          place,
          "the file name '"
              + nameOf(path)
              + "' stands twice, and ids are made of file name and line",
          "give the files different names");
    } else if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      into.add(
          ProblemCode.FILE_UNREADABLE,
          place,
          Files.exists(path) ? "the file cannot be read" : "there is no such file",
          "");
    } else {
      return path.toFile().length();
    }
    return 0;
  }

  /** Reads the front of a file, for its problems alone. */
  private void probe(Path path) {
    try (FileRecords records = records(path)) {
      records.open(problems);
    } catch (IOException e) {
      damaged(path, 1, e);
    }
  }

  /** The next good event; null behind the last one. */
  public @Nullable FileEvent next() {
    while (true) {
      FileRecords records = current;
      if (records == null) {
        if (nextPath == paths.size()) {
          return null;
        }
        openNext();
        continue;
      }
      Path path = paths.get(nextPath - 1);
      try {
        if (!records.next()) {
          close();
          continue;
        }
      } catch (IOException e) {
        damaged(path, records.line(), e);
        bad++;
        close();
        continue;
      }
      FileEvent event = records.event(options.arrivalMs(), good, problems);
      if (event != null) {
        good++;
        return withOwnTime(event);
      }
      bad++;
    }
  }

  private static FileEvent withOwnTime(FileEvent event) {
    Event e = event.event();
    Event own =
        new Event(e.stream(), e.id(), e.key(), e.timeMs(), e.values(), e.timeMs(), 0, e.offset());
    return new FileEvent(own, event.envelope(), event.json(), event.file(), event.line());
  }

  private void openNext() {
    Path path = paths.get(nextPath++);
    try {
      FileRecords records = records(path);
      current = records;
      if (!records.open(problems)) {
        close();
      }
    } catch (IOException e) {
      damaged(path, 1, e);
      close();
    }
  }

  private FileRecords records(Path path) throws IOException {
    CountingInput counting = new CountingInput(Files.newInputStream(path));
    input = counting;
    FileBytes bytes = new FileBytes(isGzip(path) ? unzipped(counting) : counting);
    Kind id = decoder.stream().definition().id().kind();
    FileLabel label = new FileLabel(path.toString(), nameOf(path), id);
    return formatOf(path) == Format.CSV
        ? new CsvFile(decoder, bytes, label, json)
        : new NdjsonFile(decoder, bytes, label, options.json());
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in, 64 * 1024);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** A damaged archive is the user's; a disk that fails is not. */
  private void damaged(Path path, int line, IOException e) {
    if (!(e instanceof ZipException) && !(e instanceof EOFException)) {
      throw new EnvironmentException(
          path + " cannot be read: " + e.getMessage(), "check the file and the disk it is on", e);
    }
    problems.add(
        ProblemCode.FILE_UNREADABLE,
        new Place(path.toString(), Math.max(1, line), 1),
        "the archive is damaged from this line on: " + e.getMessage(),
        "check it with: gzip -t");
  }

  /** How many events were read. */
  public long good() {
    return good;
  }

  /** How many records were no good. */
  public long bad() {
    return bad;
  }

  /** How many bytes of the files, as they are on disk, were consumed; for showing progress. */
  public long consumedBytes() {
    return finishedBytes + (current == null || input == null ? 0 : input.count());
  }

  /** How many bytes the files have together. */
  public long totalBytes() {
    return totalBytes;
  }

  @Override
  public void close() {
    FileRecords records = current;
    if (records != null) {
      finishedBytes = consumedBytes();
      current = null;
      try {
        records.close();
      } catch (IOException e) {
        // Nothing was written, so nothing can be lost by it.
      }
    }
  }

  private enum Format {
    CSV,
    NDJSON
  }

  private static @Nullable Format formatOf(Path path) {
    String name = nameOf(path).toLowerCase(Locale.ROOT);
    String plain = isGzip(path) ? name.substring(0, name.length() - 3) : name;
    if (plain.endsWith(".csv")) {
      return Format.CSV;
    }
    return plain.endsWith(".ndjson") || plain.endsWith(".jsonl") || plain.endsWith(".json")
        ? Format.NDJSON
        : null;
  }

  private static boolean isGzip(Path path) {
    return nameOf(path).toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  private static String nameOf(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
