package io.vigia.wire.event;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.util.List;

/** Collects and words the problems of one event. */
final class EventProblems {
  private final Problems into;
  private final String file;
  private final int line;
  private boolean any;

  /** For an event at a line of a file, or (line 0) of a stream. */
  EventProblems(Problems into, String file, int line) {
    this.into = into;
    this.file = file;
    this.line = line;
  }

  /** The same, keeping the problems by themselves. */
  EventProblems(String file, int line) {
    this(new Problems(), file, line);
  }

  List<Problem> list() {
    return into.sorted();
  }

  boolean any() {
    return any;
  }

  /** The place {@code column} characters into the event, counted from 1. */
  Place at(int column) {
    return at(0, column);
  }

  /** The place in one of the further lines of the event. */
  Place at(int furtherLines, int column) {
    return line == 0 ? Place.of(file) : new Place(file, line + furtherLines, column);
  }

  void malformed(Place place, String message, String help) {
    add(ProblemCode.EVENT_MALFORMED, place, message, help);
  }

  void tooMuch(Place place, String message, String help) {
    add(ProblemCode.EVENT_LIMIT, place, message, help);
  }

  void missing(FieldReader field, Place place, String found) {
    add(
        ProblemCode.EVENT_FIELD_MISSING,
        place,
        subject(field) + found + ", expected " + field.expected(),
        "");
  }

  void value(FieldReader field, Place place, String found, Fault fault, String help) {
    add(
        fault.code(),
        place,
        subject(field) + "found " + found + ", expected " + fault.expected(field),
        help.isEmpty() ? fault.help(field) : help);
  }

  void header(String message, String help) {
    add(ProblemCode.EVENT_FIELD_MISSING, at(1), message, help);
  }

  void twice(String name, Place place) {
    add(
        ProblemCode.EVENT_MALFORMED,
        place,
        "field '" + Quoted.plain(name) + "': stands twice in the event, expected once",
        "");
  }

  void attribute(String name, String found, String expected) {
    add(
        ProblemCode.EVENT_MALFORMED,
        at(1),
        "attribute '" + name + "' of the CloudEvent: " + found + ", expected " + expected,
        "");
  }

  void identity(String message, String help) {
    add(ProblemCode.EVENT_IDENTITY, at(1), message, help);
  }

  private static String subject(FieldReader field) {
    return "field '"
        + field.from()
        + "'"
        + (field.from().equals(field.name()) ? "" : " (" + field.name() + ")")
        + ": ";
  }

  private void add(ProblemCode code, Place place, String message, String help) {
    any = true;
    into.add(code, place, message, help);
  }
}
