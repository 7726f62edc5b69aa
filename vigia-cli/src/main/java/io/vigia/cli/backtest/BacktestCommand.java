package io.vigia.cli.backtest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.events.BadLines;
import io.vigia.cli.events.EventPaths;
import io.vigia.cli.pipeline.PipelineLoader;
import io.vigia.cli.run.LoadedPipeline;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Ink;
import io.vigia.cli.terminal.JsonOption;
import io.vigia.cli.terminal.Progress;
import io.vigia.cli.terminal.Terminal;
import io.vigia.cli.verify.RecordedDecisions;
import io.vigia.cli.verify.Verification;
import io.vigia.cli.verify.VerificationReport;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigia backtest}: decides the events of files and says what came out. */
@Command(
    name = "backtest",
    header = "Decide the events of files as a running Vigia would have, and count.",
    description = {
      "Reads CSV and NDJSON files, also .gz, and decides every event in this process, without any"
          + " server, as fast as it can be read; the same input always gives the same decisions."
          + " Use it to try a rule on last year's data, to get the value of every feature for every"
          + " event, to measure a rule against known frauds, and to prove that a running Vigia"
          + " decided what it should have.",
      "",
      "Events of several streams are merged as they would have arrived: within a stream, the order"
          + " of the files and lines stays as it is; an event arrives when the latest time that"
          + " its stream has shown by then is reached; of equal times the stream named first goes"
          + " first. Events of a stream without a time of its own all arrive at the same time."
    },
    customSynopsis =
        "vigia backtest FILE --events STREAM=PATH[,PATH...] [--out PATH] [--features] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia init minimal first",
      "  vigia backtest first/pipeline.yaml --events payments=first/payments.csv --label fraud",
      "  vigia backtest first/pipeline.yaml --events 'payments=first/*.csv' --features --out -",
      "  vigia backtest first/pipeline.yaml --events payments=first/payments.csv \\",
      "      --verify http://127.0.0.1:8080",
      "",
      "A line of --out:"
          + " {\"event_id\",\"stream\",\"time\",\"outcome\",\"score\",\"rules\",\"reasons\",\"features\",",
      "\"version\"}. A repeated event (same id, same content) is counted and has no line of its"
          + " own; a silence that is over has one under the name of its pattern."
    })
public final class BacktestCommand implements Callable<Integer> {
  private static final int VERIFY_ROUNDS_MAX = 30;
  private static final long VERIFY_PAUSE_MS = 1000;

  private final Terminal terminal;

  @Parameters(arity = "1", paramLabel = "FILE", description = "The pipeline file.")
  Path file = Path.of("");

  @Option(
      names = "--events",
      required = true,
      paramLabel = "STREAM=PATH[,PATH...]",
      converter = EventPaths.Converter.class,
      description =
          "The files with a stream's events, in order; * and ? in the last part of a path match as"
              + " in a shell. Once for each stream.")
  List<EventPaths> events = List.of();

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description =
          "Write each decision as a line of JSON, compressed if the name ends with .gz; - for"
              + " standard output. Default: decisions are only counted.")
  @Nullable Path out;

  @Option(
      names = "--features",
      description =
          "Write with each decision the value of every feature, null for a missing one. Default:"
              + " those that the rules which fired have read.")
  boolean features;

  @Option(
      names = "--label",
      paramLabel = "FIELD",
      description =
          "Measure against this field of the events, declared or not: precision, recall and"
              + " outcomes. Missing, empty, false, 0, no, none, ok, good, legit, genuine, normal"
              + " and negative are negative, everything else is positive and may name the kind.")
  @Nullable String label;

  @Option(
      names = "--verify",
      paramLabel = "URL|PATH",
      description =
          "Compare with the decisions of a running Vigia, or of a file; ends with 1 if anything"
              + " differs that every run promises: features by the stream's own key, fed by streams"
              + " of that key, and the rules that read nothing else.")
  @Nullable String verify;

  @Option(
      names = "--exact",
      description =
          "With --verify: everything must be equal, as it is with one partition and parallelism 1.")
  boolean exact;

  @Option(
      names = "--lists",
      paramLabel = "URL|PATH",
      description =
          "Decide with what was said about lists while a pipeline ran: of a running Vigia, or of a"
              + " file that `vigia lists changes` has written. Default: what --verify compares"
              + " with, if that is running; else the lists as the file declares them.")
  @Nullable String lists;

  @Option(
      names = "--strict",
      description = "End with 1 if any line is bad. Default: bad lines are told and counted.")
  boolean strict;

  @Mixin JsonOption json = new JsonOption();
  @Mixin HelpOption help = new HelpOption();

  public BacktestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    PipelineLoader loader = new PipelineLoader();
    Optional<LoadedPipeline> loaded = loader.load(file);
    if (loaded.isEmpty()) {
      loader.print(terminal);
      return ExitCodes.INPUT;
    }
    CompiledPipeline pipeline = loaded.get().pipeline();
    checkOptions(pipeline);
    RecordedDecisions recorded = verify == null ? null : recorded(verify, pipeline);
    Problems problems = new Problems();
    BadLines badLines = new BadLines(problems, terminal);
    Optional<Backtest> opened =
        Backtest.open(pipeline, new Backtest.Input(events, label), problems, badLines);
    if (opened.isEmpty()) {
      badLines.tell();
      return ExitCodes.INPUT;
    }
    try (Backtest backtest = opened.get()) {
      warnOfHalfSilences(pipeline);
      Verification verification = recorded == null ? null : new Verification(pipeline);
      RunningTime time = RunningTime.of(pipeline, recorded);
      run(backtest, runningLists(pipeline, recorded), time, verification);
      return report(
          backtest,
          time,
          verification == null || recorded == null
              ? null
              : () -> compare(verification, recorded, time));
    }
  }

  private void checkOptions(CompiledPipeline pipeline) {
    Set<String> named = new HashSet<>();
    for (EventPaths paths : events) {
      StreamSchema stream = pipeline.stream(paths.stream());
      if (stream == null) {
        throw new WrongInputException(
            "--events: pipeline '" + pipeline.name() + "' has no stream '" + paths.stream() + "'",
            Nearest.help(
                paths.stream(), pipeline.streams().stream().map(StreamSchema::name).toList()));
      }
      if (!named.add(paths.stream())) {
        throw new WrongInputException(
            "--events: stream '" + paths.stream() + "' is named twice",
            "name all its files at once, in order: " + paths.stream() + "=PATH,PATH");
      }
      paths.paths().forEach(this::checkNotOverwritten);
    }
    if (exact && verify == null) {
      throw new WrongInputException("--exact says how to verify", "add --verify");
    }
    if (label != null && pipeline.outcomes().size() < 2) {
      throw new WrongInputException(
          "--label: the pipeline has one outcome, so nothing can be caught", "");
    }
  }

  private void checkNotOverwritten(Path read) {
    try {
      if (out != null && Files.exists(out) && Files.exists(read) && Files.isSameFile(out, read)) {
        throw new WrongInputException(
            "--out: '" + out + "' is a file of events", "choose another for the decisions");
      }
    } catch (IOException e) {
      // what is wrong with it is found when it is opened
    }
  }

  private RunningLists runningLists(
      CompiledPipeline pipeline, @Nullable RecordedDecisions recorded) {
    String live = recorded != null && recorded.isLive() ? verify : null;
    String place = lists != null ? lists : live;
    return place == null || pipeline.definition().lists().isEmpty()
        ? RunningLists.asDeclared(pipeline)
        : RunningLists.of(place, pipeline, recorded);
  }

  private void run(
      Backtest backtest,
      RunningLists running,
      RunningTime time,
      @Nullable Verification verification) {
    CompiledPipeline pipeline = backtest.pipeline();
    AllFeatures all = new AllFeatures(pipeline);
    Set<String> half = halfSilences(pipeline);
    try (Progress progress = new Progress(terminal);
        DecisionFile decisions = out == null ? null : DecisionFile.create(out, terminal.out())) {
      backtest.run(
          running,
          time,
          new Backtest.Sink() {
            @Override
            public void take(Decision decision, Row row) {
              if (decisions != null) {
                decisions.write(features ? all.of(decision, row) : decision);
              }
              if (verification != null && !half.contains(decision.event().stream().name())) {
                verification.replayed(decision);
              }
            }

            @Override
            public void late(Event event) {
              if (verification != null) {
                verification.late(event);
              }
            }
          },
          progress);
    }
  }

  private RecordedDecisions recorded(String place, CompiledPipeline pipeline) {
    Set<String> silences = new HashSet<>();
    pipeline.silentStreams().forEach(stream -> silences.add(stream.name()));
    silences.removeAll(halfSilences(pipeline));
    List<String> streams = new ArrayList<>(named());
    streams.addAll(silences);
    RecordedDecisions recorded = new RecordedDecisions(place, pipeline.name(), streams, silences);
    recorded.check();
    return recorded;
  }

  private List<String> named() {
    return events.stream().map(EventPaths::stream).toList();
  }

  /** The patterns that time completes and of which some stream has not been given. */
  private Set<String> halfSilences(CompiledPipeline pipeline) {
    return pipeline.definition().patterns().stream()
        .filter(PatternDefinition::endsInSilence)
        .filter(pattern -> !named().containsAll(pattern.streams()))
        .map(pattern -> pattern.name().value())
        .collect(Collectors.toSet());
  }

  private void warnOfHalfSilences(CompiledPipeline pipeline) {
    Set<String> half = halfSilences(pipeline);
    for (PatternDefinition pattern : pipeline.definition().patterns()) {
      if (half.contains(pattern.name().value())) {
        Set<String> absent = new LinkedHashSet<>(pattern.streams());
        absent.removeAll(named());
        terminal.note(
            "the silences of '"
                + pattern.name()
                + "' are those of the given events alone"
                + (verify == null ? "" : ", and are not compared")
                + ": it also waits for events of "
                + String.join(", ", absent));
      }
    }
  }

  private int report(
      Backtest backtest, RunningTime time, @Nullable Supplier<Verification.Outcome> comparison) {
    boolean aside = json.given() || (out != null && out.toString().equals("-"));
    PrintStream text = terminal.text(aside);
    Ink ink = aside ? terminal.errInk() : terminal.outInk();
    BacktestReport report = new BacktestReport(backtest);
    report.print(text, ink);
    if (out != null && !aside) {
      text.println();
      text.println("  decisions are in " + out);
    }
    warnOfStreamsWithoutTime(backtest);
    Verification.Outcome outcome = comparison == null ? null : comparison.get();
    VerificationReport verified =
        outcome == null ? null : new VerificationReport(outcome, exact, time.reached());
    if (verified != null && verify != null) {
      verified.print(verify, text, ink);
    }
    if (json.given()) {
      terminal.json(generator -> write(report, verified, generator));
    }
    boolean bad = backtest.badLines() > 0 && (strict || backtest.counts().events() == 0);
    boolean unlike = outcome != null && !outcome.isPassed(exact);
    boolean unlabelled = isWithoutLabels(backtest);
    return bad || unlike || unlabelled ? ExitCodes.INPUT : ExitCodes.DONE;
  }

  private boolean isWithoutLabels(Backtest backtest) {
    LabelTally tally = backtest.tally();
    if (tally == null || tally.missing() == 0) {
      return false;
    }
    boolean none = tally.missing() == tally.positives() + tally.negatives();
    if (none) {
      terminal.note("no event has a field '" + label + "'; --label names the one with the label");
    }
    return none;
  }

  private void warnOfStreamsWithoutTime(Backtest backtest) {
    for (EventPaths paths : events) {
      StreamSchema stream = backtest.pipeline().stream(paths.stream());
      if (stream != null && stream.timeField() < 0) {
        terminal.note(
            "stream '"
                + stream.name()
                + "' names no time: of its events, those that carry none count as arrived at "
                + Backtest.ARRIVAL);
      }
    }
  }

  /** A running Vigia may still be storing; its decisions are read again as long as more come. */
  private Verification.Outcome compare(
      Verification verification, RecordedDecisions recorded, RunningTime time) {
    Verification.Source source = recorded.upTo(time::isBeyond);
    Verification.Outcome outcome = verification.compare(source);
    for (int round = 1; round < VERIFY_ROUNDS_MAX && recorded.isLive(); round++) {
      if (outcome.isComplete()) {
        break;
      }
      long before = outcome.recorded();
      terminal.note(
          Figures.count(before, "decision")
              + " stored, "
              + Figures.count(outcome.missing() + outcome.undecided())
              + " missing; looking again …");
      pause();
      outcome = verification.compare(source);
      if (outcome.recorded() == before) {
        break;
      }
    }
    return outcome;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(VERIFY_PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(
      BacktestReport report, @Nullable VerificationReport verified, JsonGenerator generator)
      throws IOException {
    generator.writeStartObject();
    report.write(generator);
    if (out != null) {
      generator.writeStringField("out", out.toString());
    }
    if (verified != null && verify != null) {
      verified.write(verify, generator);
    }
    generator.writeEndObject();
  }
}
