package io.vigia.cli.demo;

import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.Ink;
import io.vigia.cli.terminal.Progress;
import io.vigia.cli.terminal.Terminal;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.Collectors;

/**
 * What a demo shows while it plays: where to look, what to try, payments that are stopped, and one
 * line with how it goes.
 *
 * <p><b>Units and bounds.</b> At most {@value #SHOWN_A_SECOND} stopped payments a second, and of
 * one card and rule only the first: an attack of thirty payments is one line. {@link #stopped} may
 * be called by any thread, the others by one.
 */
public final class DemoScreen {
  private static final int SHOWN_A_SECOND = 3;
  private static final int WAITING_MAX = 64;
  private static final int REMEMBERED_MAX = 2_000;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Terminal terminal;
  private final PrintStream text;
  private final Ink ink;
  private final Progress progress;
  private final Queue<Line> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Set<String> told =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED_MAX;
            }
          });
  private long shownSinceNanos;
  private int shown;
  private long ratedNanos = System.nanoTime();
  private long ratedCount;
  private double perSecond;

  /**
   * @param json whether the results are for a program, so that text goes aside
   */
  public DemoScreen(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.text = terminal.text(json);
    this.ink = json ? terminal.errInk() : terminal.outInk();
    this.progress = new Progress(terminal);
  }

  private record Line(Payment payment, Answer answer) {}

  /** That earlier payments are being played. */
  void history(long done, long all) {
    progress.show(
        () ->
            "playing what happened before: %s of %s payments decided"
                .formatted(Figures.count(done), Figures.count(all)));
  }

  /** Where to look and what to try, once live payments begin. */
  void started(String gateway, double rate, String run, Instant now) {
    progress.close();
    List<String> lines =
        List.of(
            "",
            "Deciding %s card payments a second. Three kinds of fraud are among them."
                .formatted(Figures.count(Math.round(rate))),
            "",
            "  " + ink.strong("Watch") + "   " + gateway + "/",
            "",
            "  "
                + ink.strong("Send a payment of your own")
                + " (again: the same answer; with another amount: 409)",
            "",
            OwnPayment.allowed(gateway, run, now),
            "",
            "  " + ink.strong("or one with a card on the block list"),
            "",
            OwnPayment.blocked(gateway, run, now),
            "");
    lines.forEach(text::println);
    text.flush();
  }

  /** A payment that was blocked or reviewed. */
  void stopped(Payment payment, Answer answer) {
    // When it is full, so is the second.
    var unused = waiting.offer(new Line(payment, answer));
  }

  /** Shows what has come since the last call. */
  void refresh(DemoTally tally) {
    long now = System.nanoTime();
    if (now - shownSinceNanos >= SECOND_NANOS) {
      shownSinceNanos = now;
      shown = 0;
    }
    if (now - ratedNanos >= SECOND_NANOS) {
      long count = tally.sentCount();
      perSecond = (count - ratedCount) * (double) SECOND_NANOS / (now - ratedNanos);
      ratedNanos = now;
      ratedCount = count;
    }
    for (Line line = waiting.poll(); line != null; line = waiting.poll()) {
      if (shown < SHOWN_A_SECOND && told.add(subject(line))) {
        shown++;
        show(line);
      }
    }
    progress.show(() -> status(tally));
  }

  /** A merchant that is under review is told of once, not once for each card. */
  private static String subject(Line line) {
    Answer answer = line.answer;
    return answer.firstRule()
        + " "
        + (answer.outcome().equals(Answer.REVIEW) ? line.payment.merchant() : line.payment.card());
  }

  private void show(Line line) {
    progress.close();
    Payment payment = line.payment;
    String outcome = String.format(Locale.ROOT, "%-7s", line.answer.outcome());
    text.println(
        ink.faint(CLOCK.format(payment.createdAt()))
            + "  "
            + (line.answer.outcome().equals(Answer.BLOCK)
                ? ink.bad(outcome)
                : ink.doubtful(outcome))
            + String.format(Locale.ROOT, " %-10s %9s  ", payment.card(), "€" + payment.amount())
            + line.answer.why());
    text.flush();
  }

  private String status(DemoTally tally) {
    String outcomes =
        DemoSummary.mildFirst(tally.byOutcome()).entrySet().stream()
            .map(each -> each.getKey() + " " + Figures.count(each.getValue()))
            .collect(Collectors.joining("  "));
    long fallbacks = tally.fallbacks();
    long errors = tally.errors().values().stream().mapToLong(Long::longValue).sum();
    return String.format(
        Locale.ROOT,
        "%s payments  %s  %s  p50 %.1f ms  p99 %.1f ms%s%s",
        Figures.count(tally.sentCount()),
        Figures.rate(perSecond),
        outcomes,
        tally.latencyMs(50),
        tally.latencyMs(99),
        fallbacks == 0 ? "" : "  fallbacks " + fallbacks,
        errors == 0 ? "" : "  errors " + errors);
  }

  /** How it went. */
  void finished(DemoSummary summary) {
    progress.close();
    summary.print(text, ink);
    text.flush();
  }

  /** Says something beside all that. */
  void note(String line) {
    terminal.note(line);
  }
}
