package io.vigia.wire.pipeline;

import io.vigia.core.problem.ProblemCode;

/** What is wrong with a value, wherever it stands. */
record Complaint(ProblemCode code, String message, String help) {
  static Complaint badValue(String message, String help) {
    return new Complaint(ProblemCode.BAD_VALUE, message, help);
  }
}
