package io.vigia.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.events.BadLines;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.Progress;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Problems;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.event.EventFile;
import io.vigia.wire.event.FileEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends files one after the other, each from where it was acknowledged.
 *
 * <p>Owned by one thread, but for {@link #keepPosition}.
 */
final class Sending implements Sender.Receiver {
  private static final int REJECTED_TOLD_MAX = 20;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final EventFile.Options OPTIONS = new EventFile.Options(true, 0);

  private final Settings settings;
  private final StreamSchema stream;
  private final String instance;
  private final Terminal terminal;
  private final Sender sender;
  private final String server;
  private final Pace pace;
  private final long startNanos = System.nanoTime();
  private volatile @Nullable SentPosition position;
  private String file = "";
  private long accepted;
  private long rejected;
  private long bad;
  private long skipped;

  /** What is sent, and how. */
  record Settings(
      List<Path> files, int batch, boolean fromStart, Duration retryFor, Path data, Pace pace) {
    Settings {
      files = List.copyOf(files);
    }
  }

  /**
   * A sending.
   *
   * @param instance names the log of the server, or is empty
   */
  Sending(
      Settings settings, Gateway gateway, StreamSchema stream, String instance, Terminal terminal) {
    this.settings = settings;
    this.stream = stream;
    this.instance = instance;
    this.terminal = terminal;
    this.pace = settings.pace();
    this.sender = new Sender(gateway, stream.name(), settings.retryFor(), terminal, this);
    this.server = gateway.address().toString();
  }

  /** Sends all files; false when one of them cannot be read as events of the stream. */
  boolean run() {
    EventDecoder decoder = new EventDecoder(stream);
    Problems problems = new Problems();
    BadLines badLines = new BadLines(problems, terminal);
    Optional<EventFile> checked = EventFile.open(decoder, settings.files(), OPTIONS, problems);
    badLines.tell();
    if (checked.isEmpty()) {
      return false;
    }
    checked.get().close();
    try (Progress progress = new Progress(terminal)) {
      for (Path path : settings.files()) {
        SentPosition.Key key = new SentPosition.Key(server, instance, stream.name(), path);
        SentPosition here = SentPosition.open(settings.data(), key, settings.fromStart(), terminal);
        position = here;
        if (here.isDone()) {
          terminal.note(
              path + " was sent on " + here.when() + ", to the end; --from-start sends it again");
          continue;
        }
        send(path, decoder, here, progress);
      }
    }
    return true;
  }

  private void send(Path path, EventDecoder decoder, SentPosition here, Progress progress) {
    file = path.toString();
    Problems problems = new Problems();
    try (EventFile events =
        EventFile.open(decoder, List.of(path), OPTIONS, problems).orElseThrow()) {
      OneFile one = new OneFile(events, new BadLines(problems, terminal), progress);
      one.skip(here.line());
      one.send();
      bad += one.bad();
    }
    here.finish();
  }

  /** The way through one file. */
  private final class OneFile {
    private final EventFile events;
    private final BadLines badLines;
    private final Progress progress;
    private final boolean withEnvelope = stream.definition().id().kind() != Kind.FIELDS;
    private Batch batch = new Batch(withEnvelope);
    private @Nullable FileEvent next;
    private long badBefore;
    private double shareBefore;
    private long begunNanos;

    OneFile(EventFile events, BadLines badLines, Progress progress) {
      this.events = events;
      this.badLines = badLines;
      this.progress = progress;
      this.next = events.next();
    }

    /** Passes over what was acknowledged before. */
    void skip(int lastLine) {
      if (lastLine == 0) {
        return;
      }
      long before = skipped;
      while (next != null && next.line() <= lastLine) {
        skipped++;
        next = events.next();
      }
      badBefore = events.bad();
      terminal.note(
          file
              + ": "
              + Figures.count(skipped - before, "event")
              + " up to line "
              + lastLine
              + " were acknowledged before, going on behind it");
    }

    void send() {
      shareBefore = share();
      begunNanos = System.nanoTime();
      long badSeen = badBefore;
      while (next != null) {
        if (events.bad() != badSeen) {
          badSeen = events.bad();
          badLines.tell();
        }
        take(next);
        progress.show(this::line);
        next = events.next();
      }
      flush();
      sender.settle();
      if (events.bad() != badSeen) {
        badLines.tell();
      }
    }

    private void take(FileEvent event) {
      if (batch.isFull(settings.batch())) {
        flush();
      }
      long dueNanos = startNanos + pace.dueNanos(event.event().timeMs());
      if (dueNanos - System.nanoTime() > 0) {
        flush();
        await(dueNanos);
      }
      batch.add(event);
    }

    private void flush() {
      if (!batch.isEmpty()) {
        sender.send(batch);
        batch = new Batch(withEnvelope);
      }
    }

    private void await(long dueNanos) {
      for (long left = dueNanos - System.nanoTime();
          left > 0;
          left = dueNanos - System.nanoTime()) {
        try {
          TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new EnvironmentException("interrupted", "call again to go on", e);
        }
        sender.settleIfAnswered();
        progress.show(this::line);
      }
    }

    long bad() {
      return events.bad() - badBefore;
    }

    private double share() {
      return events.totalBytes() == 0 ? 1 : (double) events.consumedBytes() / events.totalBytes();
    }

    private String line() {
      long now = System.nanoTime();
      double perNano = (share() - shareBefore) / (now - begunNanos);
      String left =
          perNano > 0
              ? ", " + Figures.clock(Duration.ofNanos((long) ((1 - share()) / perNano))) + " left"
              : "";
      return Path.of(file).getFileName()
          + " · "
          + Figures.count(accepted)
          + " sent · "
          + Figures.count(rejected)
          + " rejected · "
          + Figures.rate(accepted * 1e9 / (now - startNanos))
          + " · "
          + Figures.percent(share())
          + left;
    }
  }

  @Override
  public void rejected(Batch batch, int index, JsonNode problems) {
    rejected++;
    if (rejected > REJECTED_TOLD_MAX) {
      return;
    }
    String place = file + ":" + (index < batch.events() ? batch.line(index) : 0);
    if (problems.isEmpty()) {
      terminal.note(place + "  was refused");
    }
    for (JsonNode problem : problems) {
      terminal.note(
          BadLines.line(
              place,
              problem.path("code").asText(),
              problem.path("message").asText(),
              problem.path("help").asText("")));
    }
    if (rejected == REJECTED_TOLD_MAX) {
      terminal.note("further rejected events are only counted");
    }
  }

  @Override
  public void settled(Batch batch, int acceptedHere) {
    accepted += acceptedHere;
    SentPosition here = position;
    if (here != null) {
      here.advance(batch.lastLine());
    }
  }

  /** Writes down how far it has come; for a process that is being ended. */
  void keepPosition() {
    SentPosition here = position;
    if (here != null) {
      here.write();
    }
  }

  long accepted() {
    return accepted;
  }

  long rejected() {
    return rejected;
  }

  /** Lines that are no events of the stream. */
  long bad() {
    return bad;
  }

  /** Events that were acknowledged in an earlier call. */
  long skipped() {
    return skipped;
  }

  long retries() {
    return sender.retries();
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
