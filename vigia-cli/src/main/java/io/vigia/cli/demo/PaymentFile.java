package io.vigia.cli.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.cli.terminal.Figures;
import io.vigia.core.problem.EnvironmentException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the payments of a demo to a file, with the truth about each: for {@code backtest --label
 * fraud}, {@code send} and measurements.
 *
 * <p><b>Shape.</b> NDJSON in the order of time, compressed where the name ends in {@code .gz}:
 * first a quiet day, then live payments with frauds. A line is a payment with one more member,
 * {@code "fraud"}: {@code none} or the kind.
 *
 * <p><b>Units and bounds.</b> The last payment is at {@code end}; half of the payments, at most
 * {@value DemoSettings#DEFAULT_HISTORY}, are of the day before. Any number; memory for the quiet
 * day alone.
 */
public final class PaymentFile {
  private PaymentFile() {}

  /** How many payments were written where, and of which kinds of fraud. */
  public record Written(Path file, long payments, long history, Map<FraudKind, Long> frauds) {
    public Written {
      frauds = new TreeMap<>(frauds);
    }

    /** For people. */
    public void print(PrintStream out) {
      out.println("wrote " + Figures.count(payments, "payment") + " to " + file);
      out.println("  " + Figures.count(history) + " of a quiet day, then live ones, among them");
      frauds.forEach(
          (kind, count) ->
              out.println("  " + Figures.count(count) + " of fraud '" + kind.word() + "'"));
    }

    /** As one JSON object. */
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      out.writeStringField("file", file.toString());
      out.writeNumberField("payments", payments);
      out.writeNumberField("history", history);
      out.writeObjectFieldStart("frauds");
      for (Map.Entry<FraudKind, Long> each : frauds.entrySet()) {
        out.writeNumberField(each.getKey().word(), each.getValue());
      }
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /**
   * Writes a file.
   *
   * @param payments how many, at least 2
   * @param rate live payments a second
   * @throws EnvironmentException when the file cannot be written
   */
  public static Written write(Path file, long payments, double rate, long seed, Instant end) {
    if (payments < 2) {
      throw new IllegalArgumentException("payments: must be at least 2, got " + payments);
    }
    int history = (int) Math.min(DemoSettings.DEFAULT_HISTORY, payments / 2);
    long live = payments - history;
    Pace pace = new Pace(rate, Duration.ZERO);
    Instant from = end.minusNanos(pace.nanosOf(Math.max(0, live - 1)));
    PaymentGenerator generator = new PaymentGenerator(seed, PaymentGenerator.runAt(from));
    Map<FraudKind, Long> frauds = new EnumMap<>(FraudKind.class);
    try (OutputStream out = open(file)) {
      for (Payment payment : generator.history(from.minusMillis(1), Duration.ofDays(1), history)) {
        write(payment, out);
      }
      generator.playFrauds(from, null, rate);
      for (long n = 0; n < live; n++) {
        Payment payment = generator.next(from.plusNanos(pace.nanosOf(n)));
        write(payment, out);
        FraudKind fraud = payment.fraud();
        if (fraud != null) {
          frauds.merge(fraud, 1L, Long::sum);
        }
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          file + " cannot be written: " + e.getMessage(), "choose another file", e);
    }
    return new Written(file, payments, history, frauds);
  }

  private static OutputStream open(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")
        ? new GZIPOutputStream(out, 1 << 13)
        : out;
  }

  private static void write(Payment payment, OutputStream out) throws IOException {
    out.write(payment.labelledJson());
    out.write('\n');
  }
}
