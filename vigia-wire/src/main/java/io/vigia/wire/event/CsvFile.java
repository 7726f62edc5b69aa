package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.core.event.Event;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A CSV file of events: the header names the columns by the fields' incoming names. */
final class CsvFile implements FileRecords {
  private static final byte[] NO_JSON = new byte[0];

  private final EventDecoder decoder;
  private final FileBytes bytes;
  private final CsvRecords records;
  private final FileLabel label;
  private final @Nullable JsonBytes json;
  private final Cell cell = new Cell();

  /** For each column the field that takes it, or null. */
  private @Nullable FieldReader[] columns = new @Nullable FieldReader[0];

  private List<FieldReader> absent = List.of();

  CsvFile(EventDecoder decoder, FileBytes bytes, FileLabel label, @Nullable JsonBytes json) {
    this.decoder = decoder;
    this.bytes = bytes;
    this.records = new CsvRecords(bytes);
    this.label = label;
    this.json = json;
  }

  @Override
  public boolean open(Problems into) throws IOException {
    bytes.skipByteOrderMark();
    EventProblems problems = new EventProblems(into, label.shown(), 1);
    if (!records.next()) {
      problems.malformed(problems.at(1), "the file is empty, expected a header line", "");
      return false;
    }
    if (isBroken(problems)) {
      return false;
    }
    int at = records.start();
    if ((Utf8.scan(records.bytes(), at, records.length()) & (Utf8.INVALID | Utf8.ZERO)) != 0) {
      Encoding.refuse(records.bytes(), at, records.length(), problems);
      return false;
    }
    readHeader(problems);
    return !problems.any();
  }

  private void readHeader(EventProblems problems) {
    columns = new @Nullable FieldReader[records.cells()];
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < columns.length; i++) {
      records.cell(i, cell);
      String name = cell.text().strip();
      FieldReader field = decoder.field(name);
      if (!names.add(name) && field != null) {
        problems.malformed(
            problems.at(1), "the column '" + name + "' stands twice in the header", "");
      }
      columns[i] = field;
    }
    List<FieldReader> missing = new ArrayList<>();
    List<String> needed = new ArrayList<>();
    for (FieldReader field : decoder.fields()) {
      if (!names.contains(field.from())) {
        missing.add(field);
        if (!field.optional()) {
          needed.add("'" + field.from() + "'");
        }
      }
    }
    absent = missing;
    if (!needed.isEmpty()) {
      problems.header(
          (needed.size() == 1 ? "column " : "columns ")
              + String.join(", ", needed)
              + " missing in the header, found "
              + Quoted.shortened(String.join(", ", names), 200),
          headerHelp(names, needed.get(0)));
    }
  }

  private static String headerHelp(Set<String> names, String needed) {
    String first = names.iterator().next();
    if (names.size() == 1 && (first.indexOf(';') >= 0 || first.indexOf('\t') >= 0)) {
      return "separate the columns by commas";
    }
    String word = needed.substring(1, needed.length() - 1);
    return Nearest.of(word, names)
        .map(near -> "say in the pipeline file where the field comes from: from: " + near)
        .orElse("make the field optional, or say which column it comes from: from: <column>");
  }

  @Override
  public boolean next() throws IOException {
    return records.next();
  }

  @Override
  public int line() {
    return records.line();
  }

  @Override
  public @Nullable FileEvent event(long arrivalMs, long ordinal, Problems into) {
    EventProblems problems = new EventProblems(into, label.shown(), records.line());
    EventDraft draft = read(problems);
    if (draft == null) {
      return null;
    }
    Envelope envelope = label.envelope(records.line());
    Event event = decoder.finish(draft, envelope, arrivalMs, 0, ordinal, problems);
    if (event == null) {
      return null;
    }
    byte[] data = json == null ? NO_JSON : json.write(out -> writeJson(out, draft));
    return new FileEvent(event, envelope, data, label.name(), records.line());
  }

  private boolean isBroken(EventProblems problems) {
    String broken = records.broken();
    if (broken == null) {
      return false;
    }
    if (records.tooLong()) {
      problems.tooMuch(problems.at(1), broken, "");
    } else {
      problems.malformed(problems.at(1), broken, "");
    }
    return true;
  }

  private @Nullable EventDraft read(EventProblems problems) {
    if (isBroken(problems)) {
      return null;
    }
    int scan = Utf8.scan(records.bytes(), records.start(), records.length());
    if ((scan & Utf8.INVALID) != 0) {
      Encoding.refuse(records.bytes(), records.start(), records.length(), problems);
      return null;
    }
    if (records.cells() != columns.length) {
      problems.malformed(
          problems.at(1),
          "found "
              + records.cells()
              + (records.cells() == 1 ? " cell" : " cells")
              + ", expected "
              + columns.length
              + " as in the header",
          "");
      return null;
    }
    EventDraft draft = new EventDraft(decoder.fields().length, scan);
    for (int i = 0; i < columns.length; i++) {
      FieldReader field = columns[i];
      if (field != null) {
        records.cell(i, cell);
        readCell(i, field, draft, problems);
      }
    }
    for (FieldReader field : absent) {
      if (!field.optional()) {
        problems.missing(field, problems.at(1), "missing");
      }
    }
    return draft;
  }

  private void readCell(int index, FieldReader field, EventDraft draft, EventProblems problems) {
    if (field.isMissing(cell)) {
      if (!field.optional()) {
        problems.missing(field, place(index, problems), "missing");
      }
      return;
    }
    Fault fault = field.cell(cell, draft);
    if (fault != null) {
      problems.value(field, place(index, problems), Quoted.of(cell.text()), fault, "");
    }
  }

  private void writeJson(JsonGenerator out, EventDraft draft) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < columns.length; i++) {
      FieldReader field = columns[i];
      if (field != null && draft.values.has(field.slot())) {
        records.cell(i, cell);
        out.writeFieldName(field.from());
        field.write(out, cell, draft);
      }
    }
    out.writeEndObject();
  }

  private Place place(int index, EventProblems problems) {
    byte[] text = records.bytes();
    int from = records.start();
    int to = from + records.cellFrom(index);
    int lines = 0;
    int lineStart = from;
    for (int i = from; i < to; i++) {
      if (text[i] == '\n') {
        lines++;
        lineStart = i + 1;
      }
    }
    return problems.at(lines, 1 + Utf8.characters(text, lineStart, to));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
