package io.vigia.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.terminal.Terminal;
import io.vigia.wire.event.JsonBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * How far a file has been acknowledged by a server, kept in a small file of its own so that an
 * interrupted {@code send} goes on from there.
 *
 * <p><b>Shape.</b> {@code <data>/sent/<stream>-<16 hex digits>.json}: server, its log, stream,
 * file, size, last acknowledged line, when, and whether that was the end.
 *
 * <p><b>Units and bounds.</b> Written at most five times a second and by {@link #write}; what was
 * acknowledged after the last writing is sent again, and recognised by the server. Safe for the
 * sending thread and the one that ends the process.
 */
final class SentPosition {
  private static final long WRITE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Path place;
  private final Key key;
  private final Terminal terminal;
  private int line;
  private boolean done;
  private String when = "";
  private boolean changed;
  private boolean unwritable;
  private long writtenNanos = System.nanoTime();

  /** What a position belongs to; {@code instance} names the log of the server, or is empty. */
  record Key(String server, String instance, String stream, Path file) {}

  private SentPosition(Path place, Key key, Terminal terminal) {
    this.place = place;
    this.key = key;
    this.terminal = terminal;
  }

  /** The position that was kept, or the beginning. */
  static SentPosition open(Path data, Key key, boolean fromStart, Terminal terminal) {
    String identity =
        key.server() + "\n" + key.stream() + "\n" + key.file().toAbsolutePath().normalize();
    Path place = data.resolve("sent").resolve(key.stream() + "-" + hash(identity) + ".json");
    SentPosition position = new SentPosition(place, key, terminal);
    if (!fromStart) {
      position.read();
    }
    return position;
  }

  private void read() {
    JsonNode kept;
    try {
      kept = Files.exists(place) ? Gateway.read(Files.readAllBytes(place)) : null;
    } catch (IOException e) {
      terminal.note("the position in " + place + " cannot be read; beginning at the start");
      return;
    }
    if (kept == null) {
      return;
    }
    if (!kept.path("instance").asText("").equals(key.instance())) {
      terminal.note(key.server() + " has a new log; beginning " + key.file() + " at its start");
      return;
    }
    long size = kept.path("size").asLong();
    if (size > size()) {
      terminal.note(key.file() + " is smaller than it was; beginning at its start");
      return;
    }
    line = kept.path("line").asInt();
    when = kept.path("at").asText("");
    done = kept.path("done").asBoolean() && size == size();
  }

  private long size() {
    return key.file().toFile().length();
  }

  /** The last line that was acknowledged; 0 for none. */
  synchronized int line() {
    return line;
  }

  /** Whether the whole file, as it is now, was sent before. */
  synchronized boolean isDone() {
    return done;
  }

  /** When that was. */
  synchronized String when() {
    return when;
  }

  /** Everything up to a line has been acknowledged. */
  void advance(int acknowledgedLine) {
    synchronized (this) {
      line = acknowledgedLine;
      changed = true;
    }
    if (System.nanoTime() - writtenNanos > WRITE_NANOS) {
      write();
    }
  }

  /** The end of the file has been acknowledged. */
  void finish() {
    synchronized (this) {
      done = true;
      changed = true;
    }
    write();
  }

  /** Writes the position if it has changed; a folder that cannot be written is told once. */
  synchronized void write() {
    if (!changed || unwritable) {
      return;
    }
    try {
      Files.createDirectories(place.toAbsolutePath().getParent());
      Path next = place.resolveSibling(place.getFileName() + ".new");
      Files.write(next, json());
      Files.move(next, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      changed = false;
      writtenNanos = System.nanoTime();
    } catch (IOException e) {
      unwritable = true;
      terminal.note(
          "the position cannot be kept in " + place + ": an interrupted send would begin anew");
    }
  }

  private byte[] json() {
    return new JsonBytes()
        .write(
            out -> {
              out.writeStartObject();
              out.writeStringField("server", key.server());
              out.writeStringField("instance", key.instance());
              out.writeStringField("stream", key.stream());
              out.writeStringField("file", key.file().toAbsolutePath().normalize().toString());
              out.writeNumberField("size", size());
              out.writeNumberField("line", line);
              out.writeBooleanField("done", done);
              out.writeStringField("at", Instant.now().toString());
              out.writeEndObject();
            });
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
