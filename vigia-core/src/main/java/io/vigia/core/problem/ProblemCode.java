package io.vigia.core.problem;

import io.vigia.core.problem.Problem.Severity;

/**
 * Every kind of problem that can be reported, with its stable code.
 *
 * <p>A code is never reused and never changes its meaning: people search for it. {@code
 * docs/problems.md} lists them all, and each has a golden file.
 */
public enum ProblemCode {
  /** The file cannot be read at all. */
  FILE_UNREADABLE("VG-FILE-001"),
  /** The file is larger than a pipeline file may be. */
  FILE_TOO_LARGE("VG-FILE-002"),

  /** The text is not YAML. */
  YAML_SYNTAX("VG-YAML-001"),
  /** A key stands twice in one mapping. */
  YAML_DUPLICATE_KEY("VG-YAML-002"),
  /** A tag, anchor, alias or merge key, which pipeline files do not use. */
  YAML_FEATURE("VG-YAML-003"),
  /** An expression was not quoted and YAML read something else. */
  YAML_UNQUOTED("VG-YAML-004"),

  /** A word that is not known at this place. */
  UNKNOWN_WORD("VG-FORM-001"),
  /** A word that must be there is missing. */
  MISSING_WORD("VG-FORM-002"),
  /** A value has another shape than expected: a list for a mapping, text for a number. */
  WRONG_SHAPE("VG-FORM-003"),
  /** A value does not parse: a duration, a number, a type. */
  BAD_VALUE("VG-FORM-004"),
  /** A section or word of the language that this version does not build yet. */
  NOT_BUILT("VG-FORM-005"),
  /** Words that exclude each other stand side by side. */
  CONFLICTING_WORDS("VG-FORM-006"),
  /** A limit of the language is exceeded. */
  OVER_LIMIT("VG-FORM-007"),

  /** A name is not of the form names have. */
  BAD_NAME("VG-NAME-001"),
  /** A name is reserved by the language or by CEL. */
  RESERVED_NAME("VG-NAME-002"),
  /** A name is given twice. */
  DUPLICATE_NAME("VG-NAME-003"),
  /** A reference to a stream, field, feature, list or outcome that does not exist. */
  UNKNOWN_NAME("VG-NAME-004"),

  /** A field's type does not fit what is done with it. */
  TYPE_MISMATCH("VG-TYPE-001"),
  /** A field that must always be there is optional. */
  OPTIONAL_NOT_ALLOWED("VG-TYPE-002"),

  /** An aggregation needs something it was not given, or cannot do what it was asked. */
  FEATURE_SHAPE("VG-FEATURE-001"),
  /** A feature is read for a stream that lacks the entity's field. */
  FEATURE_ENTITY("VG-FEATURE-002"),
  /** A feature that nothing reads. */
  FEATURE_UNUSED("VG-FEATURE-003", Severity.WARNING),
  /** Features, or their entities, that read one another in a circle. */
  FEATURE_CYCLE("VG-FEATURE-004"),

  /** The key of a table does not name one row of an event. */
  TABLE_SHAPE("VG-TABLE-001"),
  /** A table that nothing reads. */
  TABLE_UNUSED("VG-TABLE-002", Severity.WARNING),

  /** The steps of a pattern do not make one. */
  PATTERN_SHAPE("VG-PATTERN-001"),
  /** A pattern is read where none of its matches is completed. */
  PATTERN_STREAM("VG-PATTERN-002"),
  /** A pattern that nothing reads. */
  PATTERN_UNUSED("VG-PATTERN-003", Severity.WARNING),

  /** An expression that does not parse. */
  EXPR_SYNTAX("VG-EXPR-001"),
  /** An unknown name in an expression. */
  EXPR_UNKNOWN("VG-EXPR-002"),
  /** An expression whose types do not fit. */
  EXPR_TYPE("VG-EXPR-003"),
  /** An expression that is larger or deeper than allowed. */
  EXPR_LIMIT("VG-EXPR-004"),
  /** A condition that does not give true or false. */
  EXPR_RESULT("VG-EXPR-005"),

  /** A rule that never fires. */
  RULE_SHAPE("VG-RULE-001", Severity.WARNING),
  /** A name in single braces in a reason, which is text. */
  REASON_BRACES("VG-RULE-002", Severity.WARNING),

  /** A test that cannot be run as written. */
  TEST_SHAPE("VG-TEST-001"),

  /** An event that is not well-formed JSON, CSV or CloudEvents. */
  EVENT_MALFORMED("VG-EVENT-001"),
  /** A field of an event that is missing. */
  EVENT_FIELD_MISSING("VG-EVENT-002"),
  /** A field of an event with a value of another type. */
  EVENT_FIELD_TYPE("VG-EVENT-003"),
  /** An event without an identity. */
  EVENT_IDENTITY("VG-EVENT-004"),
  /** An event too old or too far ahead. */
  EVENT_TIME("VG-EVENT-005"),
  /** An event beyond a limit of size or depth. */
  EVENT_LIMIT("VG-EVENT-006"),
  /** The same id again with other content. */
  EVENT_CONFLICT("VG-EVENT-007"),

  /** What was sent to change a list is no entry. */
  LIST_ENTRY("VG-LIST-001"),
  /** A value that a list cannot hold. */
  LIST_VALUE("VG-LIST-002"),
  /** A list that is full. */
  LIST_FULL("VG-LIST-003");

  private final String text;
  private final Severity severity;

  ProblemCode(String text) {
    this(text, Severity.ERROR);
  }

  ProblemCode(String text, Severity severity) {
    this.text = text;
    this.severity = severity;
  }

  /** The code as it is printed, {@code VG-EXPR-002}. */
  public String text() {
    return text;
  }

  /** What a problem of this kind does to the input. */
  public Severity severity() {
    return severity;
  }
}
