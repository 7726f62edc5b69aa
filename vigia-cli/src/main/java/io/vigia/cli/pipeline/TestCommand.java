package io.vigia.cli.pipeline;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.run.LoadedPipeline;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Ink;
import io.vigia.cli.terminal.JsonOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.replay.PipelineTest;
import io.vigia.core.replay.PipelineTest.Failure;
import io.vigia.core.replay.PipelineTest.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigia test}: runs the tests that stand in pipeline files. */
@Command(
    name = "test",
    header = "Run the tests of pipeline files.",
    description = {
      "Each test under `tests:` gives events in virtual time and says what must be decided. They"
          + " run one after the other, each from an empty history, in milliseconds and without any"
          + " server. A test that fails shows the event, what was expected, what was found and the"
          + " value of every feature at that event."
    },
    customSynopsis = "vigia test [--filter TEXT] [--junit PATH] [--json] FILE...",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia test examples/fraud/pipeline.yaml",
      "  vigia test --filter line examples/shop/pipeline.yaml",
      "  vigia test --junit target/vigia.xml examples/fraud/pipeline.yaml",
      "  vigia test --json examples/fraud/pipeline.yaml examples/shop/pipeline.yaml"
    })
public final class TestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Run only the tests whose name contains this, in any case. Default: all.")
  String filter = "";

  @Option(
      names = "--junit",
      paramLabel = "PATH",
      description =
          "Write the results as JUnit XML as well, for a build server. Default: they are printed.")
  @Nullable Path junit;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The pipeline files to test.")
  List<Path> files = List.of();

  @Mixin JsonOption json = new JsonOption();
  @Mixin HelpOption help = new HelpOption();

  public TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What a file's tests found, and how long each took. */
  record Run(LoadedPipeline pipeline, List<Report> reports, List<Duration> times) {}

  @Override
  public Integer call() {
    PipelineLoader loader = new PipelineLoader();
    List<LoadedPipeline> loaded = new ArrayList<>();
    for (Path file : files) {
      Optional<LoadedPipeline> pipeline = loader.load(file);
      pipeline.ifPresent(loaded::add);
    }
    if (loader.problems().hasErrors()) {
      loader.print(terminal);
      return ExitCodes.INPUT;
    }
    List<Run> runs = new ArrayList<>();
    PrintStream text = terminal.text(json.given());
    for (LoadedPipeline pipeline : loaded) {
      Run run = run(pipeline);
      print(run, text);
      runs.add(run);
    }
    long tests = runs.stream().mapToLong(run -> run.reports.size()).sum();
    if (tests == 0 && !filter.isEmpty()) {
      throw new WrongInputException(
          "no test has '" + filter + "' in its name", "leave --filter out to run all");
    }
    long passed = runs.stream().flatMap(run -> run.reports.stream()).filter(Report::passed).count();
    summarize(tests, passed, text);
    if (junit != null) {
      JunitReport.write(junit, runs);
    }
    if (json.given()) {
      terminal.json(out -> write(runs, tests, passed, out));
    }
    return passed == tests ? ExitCodes.DONE : ExitCodes.INPUT;
  }

  private Run run(LoadedPipeline loaded) {
    PipelineTest test = new PipelineTest(loaded.pipeline());
    List<Report> reports = new ArrayList<>();
    List<Duration> times = new ArrayList<>();
    for (TestDefinition definition : loaded.pipeline().definition().tests()) {
      String name = definition.name().value().toLowerCase(Locale.ROOT);
      if (name.contains(filter.toLowerCase(Locale.ROOT))) {
        long startedNanos = System.nanoTime();
        reports.add(test.run(definition));
        times.add(Duration.ofNanos(System.nanoTime() - startedNanos));
      }
    }
    return new Run(loaded, reports, times);
  }

  private Ink ink() {
    return json.given() ? terminal.errInk() : terminal.outInk();
  }

  private void print(Run run, PrintStream text) {
    text.println(
        ink().strong(run.pipeline.pipeline().name())
            + " "
            + ink().faint(run.pipeline.file().toString()));
    if (run.reports.isEmpty() && filter.isEmpty()) {
      text.println("  no tests; they stand under `tests:` in the file");
    }
    for (Report report : run.reports) {
      String mark = report.passed() ? ink().good("ok  ") : ink().bad("FAIL");
      text.println("  " + mark + "  " + report.name());
      print(report.failures(), text);
    }
  }

  /** What was not met at each event, and behind it what was known there. */
  private void print(List<Failure> failures, PrintStream text) {
    for (String line : PipelineTest.describe(failures)) {
      text.println("        " + (line.startsWith(" ") ? line : ink().strong(line)));
    }
  }

  private void summarize(long tests, long passed, PrintStream text) {
    if (tests == 0) {
      return;
    }
    text.println();
    text.println(
        passed == tests
            ? ink().good(Figures.count(tests, "test") + " passed")
            : ink()
                .bad(
                    Figures.count(tests - passed)
                        + " of "
                        + Figures.count(tests, "test")
                        + " failed"));
  }

  private static void write(List<Run> runs, long tests, long passed, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeBooleanField("ok", passed == tests);
    out.writeNumberField("tests", tests);
    out.writeNumberField("passed", passed);
    out.writeNumberField("failed", tests - passed);
    out.writeArrayFieldStart("failures");
    for (Run run : runs) {
      for (Report report : run.reports) {
        for (Failure failure : report.failures()) {
          out.writeStartObject();
          out.writeStringField("pipeline", run.pipeline.pipeline().name());
          out.writeStringField("test", report.name().value());
          out.writeStringField("file", failure.place().file());
          out.writeNumberField("line", failure.place().line());
          out.writeStringField("event", failure.eventId());
          out.writeStringField("what", failure.what());
          out.writeStringField("expected", failure.expected());
          out.writeStringField("found", failure.found());
          out.writeEndObject();
        }
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
