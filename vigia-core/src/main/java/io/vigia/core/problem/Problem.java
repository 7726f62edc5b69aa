package io.vigia.core.problem;

/**
 * One mistake in what a user gave, as a value: collected with all the others and told once.
 *
 * <p><b>Shape.</b> {@code code} is stable and listed in {@code docs/problems.md}; {@code message}
 * says what was found (the value in quotes) and what was expected; {@code help} is the next step,
 * or empty. Lower case, no full stop, no blame.
 *
 * <pre>
 * VG-EXPR-012 error pipelines/card-fraud.yaml:41:58  cannot compare decimal with string
 *   41 | when: 'event.amount > "100"'
 *      |                     ^
 *   help: write the number without quotes: 100
 * </pre>
 */
public record Problem(ProblemCode code, Place place, String message, String help) {

  /** Whether the pipeline can run in spite of it. */
  public Severity severity() {
    return code.severity();
  }

  /** How much a problem weighs: an error refuses the file, a warning is only told. */
  public enum Severity {
    ERROR,
    WARNING
  }
}
