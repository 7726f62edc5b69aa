package io.vigia.cli.verify;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.cli.terminal.Columns;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.Ink;
import io.vigia.cli.verify.Verification.Hashes;
import io.vigia.cli.verify.Verification.Outcome;
import io.vigia.core.event.Identity;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what a comparison found. */
public final class VerificationReport {
  private final Outcome outcome;
  private final boolean exact;
  private final @Nullable Instant silencesUntil;

  /**
   * @param silencesUntil the event time up to which silences were compared; null where none are
   */
  public VerificationReport(Outcome outcome, boolean exact, @Nullable Instant silencesUntil) {
    this.outcome = outcome;
    this.exact = exact;
    this.silencesUntil = silencesUntil;
  }

  /** Prints it for people. */
  public void print(String place, PrintStream text, Ink ink) {
    boolean passed = outcome.isPassed(exact);
    text.println();
    text.println(
        "verified against "
            + place
            + ", "
            + Figures.count(outcome.recorded(), "decision")
            + ": "
            + (passed ? ink.good("as promised") : ink.bad("not as promised")));
    row(text, "equal", outcome.equal(), "");
    row(text, "different", outcome.promisedDifferent(), "in what every run promises");
    if (!outcome.everythingPromised()) {
      row(
          text,
          "different",
          outcome.otherDifferent(),
          "only in what depends on the order between partitions"
              + (exact ? ", which --exact refuses" : ""));
    }
    row(text, "missing", outcome.missing(), "events without a recorded decision");
    row(text, "extra", outcome.extra(), "recorded decisions of other events");
    row(text, "doubled", outcome.doubled(), "recorded more than once");
    if (silencesUntil != null) {
      text.println("  silences up to " + silencesUntil + ", as far as time had come");
    }
    hashes(text, ink, outcome.everythingPromised() ? "hash" : "all", outcome.all());
    if (!outcome.everythingPromised()) {
      hashes(text, ink, "promised", outcome.ofPromised());
    }
    printDifferences(text, ink);
  }

  private static void row(PrintStream text, String name, long count, String remark) {
    text.println(
        "  "
            + Columns.left(name, 11)
            + Columns.right(Figures.count(count), 12)
            + (remark.isEmpty() ? "" : "   " + remark));
  }

  private static void hashes(PrintStream text, Ink ink, String name, Hashes hashes) {
    boolean equal = hashes.replayed().equals(hashes.recorded());
    text.println(
        "  "
            + Columns.left(name, 11)
            + "replayed "
            + hashes.replayed()
            + ", recorded "
            + hashes.recorded()
            + "  "
            + (equal ? ink.good("equal") : ink.doubtful("different"))
            + ", "
            + Figures.count(hashes.equalKeys())
            + " of "
            + Figures.count(hashes.keys(), "key")
            + " equal");
  }

  private void printDifferences(PrintStream text, Ink ink) {
    if (!outcome.differentParts().isEmpty()) {
      text.println();
      text.println("  what differs:");
      for (Map.Entry<String, Long> part : outcome.differentParts().entrySet()) {
        text.println("    " + Columns.left(part.getKey(), 28) + Figures.count(part.getValue()));
      }
    }
    if (!outcome.differences().isEmpty()) {
      text.println();
      text.println("  the first differences:");
    }
    for (Difference difference : outcome.differences()) {
      Recorded event = difference.replayed();
      text.println(
          "    "
              + ink.strong(event.stream() + " " + event.eventId())
              + "  key "
              + Identity.readable(event.key()));
      for (Difference.Part part : difference.parts()) {
        text.println(
            "      "
                + part.what()
                + ": replayed "
                + part.replayed()
                + ", recorded "
                + part.recorded()
                + (part.promised() ? "  " + ink.bad("promised") : ""));
      }
    }
    names(text, "missing", outcome.missingEvents());
    names(text, "extra", outcome.extraEvents());
  }

  private static void names(PrintStream text, String what, Iterable<String> events) {
    events.forEach(event -> text.println("    " + Columns.left(what, 9) + event));
  }

  /** Writes the member {@code verify}. */
  public void write(String place, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("verify");
    out.writeStringField("against", place);
    out.writeBooleanField("passed", outcome.isPassed(exact));
    out.writeBooleanField("exact", exact);
    out.writeNumberField("recorded", outcome.recorded());
    out.writeNumberField("equal", outcome.equal());
    out.writeNumberField("different_promised", outcome.promisedDifferent());
    out.writeNumberField("different_other", outcome.otherDifferent());
    out.writeNumberField("missing", outcome.missing());
    out.writeNumberField("extra", outcome.extra());
    out.writeNumberField("doubled", outcome.doubled());
    if (silencesUntil != null) {
      out.writeStringField("silences_until", silencesUntil.toString());
    }
    write("hash", outcome.all(), out);
    write("hash_promised", outcome.ofPromised(), out);
    out.writeObjectFieldStart("different_parts");
    for (Map.Entry<String, Long> part : outcome.differentParts().entrySet()) {
      out.writeNumberField(part.getKey(), part.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(String name, Hashes hashes, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField("replayed", hashes.replayed());
    out.writeStringField("recorded", hashes.recorded());
    out.writeNumberField("keys", hashes.keys());
    out.writeNumberField("equal_keys", hashes.equalKeys());
    out.writeEndObject();
  }
}
