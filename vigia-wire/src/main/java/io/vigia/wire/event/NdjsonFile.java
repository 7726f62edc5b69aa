package io.vigia.wire.event;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file with one JSON object a line. Empty lines are passed over. For a stream that takes its id
 * from the CloudEvent, each line is one in structured mode.
 */
final class NdjsonFile implements FileRecords {
  private static final byte[] NO_JSON = new byte[0];

  private final EventDecoder decoder;
  private final FileBytes file;
  private final FileLabel label;
  private final boolean withJson;
  private int length;
  private boolean tooLong;
  private int line;

  NdjsonFile(EventDecoder decoder, FileBytes file, FileLabel label, boolean withJson) {
    this.decoder = decoder;
    this.file = file;
    this.label = label;
    this.withJson = withJson;
  }

  /**
   * Recognises the JSON files that are written over several lines, of which no line is an event.
   */
  @Override
  public boolean open(Problems into) throws IOException {
    file.skipByteOrderMark();
    if (file.hasNext()) {
      byte first = file.bytes()[file.start()];
      int lineLength = file.lineLength();
      boolean array = first == '[';
      boolean open =
          first == '{' && lineLength > 0 && isBlank(file.start() + 1, file.start() + lineLength);
      if (array || open) {
        EventProblems problems = new EventProblems(into, label.shown(), 1);
        problems.malformed(
            problems.at(1),
            "found "
                + (array ? "a JSON array" : "a JSON object over several lines")
                + ", expected one JSON object a line",
            "convert it, for example with: jq -c " + (array ? "'.[]'" : "."));
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean next() throws IOException {
    boolean found = false;
    while (!found && advance()) {
      found = tooLong || !isBlank(file.start(), file.start() + length);
    }
    return found;
  }

  private boolean advance() throws IOException {
    if (line > 0) {
      file.skip(length);
      file.skipLine();
    }
    line++;
    if (!file.hasNext()) {
      return false;
    }
    length = file.lineLength();
    tooLong = length < 0;
    length = Math.max(0, length);
    return true;
  }

  private boolean isBlank(int from, int to) {
    byte[] bytes = file.bytes();
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public int line() {
    return line;
  }

  @Override
  public @Nullable FileEvent event(long arrivalMs, long ordinal, Problems into) {
    EventProblems problems = new EventProblems(into, label.shown(), line);
    if (tooLong) {
      problems.tooMuch(
          problems.at(1),
          "found a line of more than " + EventLimits.EVENT_BYTES + " bytes, expected at most that",
          "");
      return null;
    }
    Envelope envelope = label.envelope(line);
    byte[] bytes = file.bytes();
    int from = file.start();
    int to = from + length;
    if (label.id() == Kind.CLOUD_EVENT) {
      EventSlice slice = CloudEventJson.read(bytes, from, to, 0, label.shown(), line);
      if (!slice.problems().isEmpty()) {
        for (Problem problem : slice.problems()) {
          into.add(problem.code(), problem.place(), problem.message(), problem.help());
        }
        return null;
      }
      envelope = slice.envelope();
      bytes = slice.bytes();
      from = slice.from();
      to = from + slice.length();
    }
    EventDraft draft = decoder.readJson(bytes, from, to - from, problems);
    Event event =
        draft == null ? null : decoder.finish(draft, envelope, arrivalMs, 0, ordinal, problems);
    if (event == null) {
      return null;
    }
    byte[] json = withJson ? Arrays.copyOfRange(bytes, from, to) : NO_JSON;
    return new FileEvent(event, envelope, json, label.name(), line);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
