package io.vigia.benchmarks.decide;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The figures of both systems at one rate, and how they compare; one of them may be without any.
 */
record RateFigures(int rate, Figures decide, Figures echo) {

  boolean isValid() {
    return decide.isValid() && echo.isValid();
  }

  private boolean isComparable() {
    return !decide.repetitions().isEmpty() && !echo.repetitions().isEmpty();
  }

  private double p50DifferenceMs() {
    return decide.p50().median() - echo.p50().median();
  }

  private double p99Ratio() {
    return decide.p99().median() / echo.p99().median();
  }

  void print(PrintStream out, int repetitions, int seconds) {
    out.printf(
        Locale.ROOT,
        "%n%,d a second, %d runs of %d s each: median (least–greatest)%n%s%n",
        rate,
        repetitions,
        seconds,
        Figures.heading());
    if (!echo.repetitions().isEmpty()) {
      out.println(echo.row("echo"));
    }
    if (!decide.repetitions().isEmpty()) {
      out.println(decide.row("decide"));
    }
    if (isComparable()) {
      out.printf(Locale.ROOT, "p50 %+.2f ms, p99 × %.2f%n", p50DifferenceMs(), p99Ratio());
    }
  }

  JsonObject json() {
    JsonObject json = new JsonObject().put("rate", rate);
    if (!decide.repetitions().isEmpty()) {
      json.put("decide", decide.json());
    }
    if (!echo.repetitions().isEmpty()) {
      json.put("echo", echo.json());
    }
    if (isComparable()) {
      json.put("p50_difference_ms", Figures.rounded(p50DifferenceMs()))
          .put("p99_ratio", Figures.rounded(p99Ratio()));
    }
    return json;
  }
}
