package io.vigia.cli;

import io.vigia.cli.pipeline.PipelineLoader;
import io.vigia.cli.run.Launcher;
import io.vigia.cli.run.LoadedPipeline;
import io.vigia.cli.run.RunSettings;
import io.vigia.cli.terminal.CheckOption;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Ink;
import io.vigia.cli.terminal.JsonOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vigia run}: decides events as they come. */
@Command(
    name = "run",
    header = "Decide events as they come.",
    description = {
      "Runs pipelines until it is stopped: events come in over HTTP or Kafka, are kept in Kafka,"
          + " judged by Flink, and their decisions answered, stored in PostgreSQL, shown on the"
          + " page and raised as alerts. All of these run inside this process, or are your own."
          + " What was acknowledged is not lost, whatever happens to the process: the next start"
          + " with the same folder goes on where it stood."
    },
    customSynopsis = "vigia run FILE... [--data FOLDER] [--port N] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia run examples/shop/pipeline.yaml",
      "  vigia run examples/fraud/pipeline.yaml examples/shop/pipeline.yaml --port 8081",
      "  vigia run pipeline.yaml --kafka kafka:9092 --postgres"
          + " 'jdbc:postgresql://db/vigia?user=vigia'"
    })
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The pipeline files to run.")
  List<Path> files = List.of();

  @Mixin RunOptions options = new RunOptions();
  @Mixin JsonOption json = new JsonOption();
  @Mixin CheckOption check = new CheckOption();
  @Mixin HelpOption help = new HelpOption();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    RunSettings settings = options.settings();
    PipelineLoader loader = new PipelineLoader();
    List<LoadedPipeline> pipelines = new ArrayList<>();
    files.forEach(file -> loader.load(file).ifPresent(pipelines::add));
    if (check.given() && !loader.problems().hasErrors()) {
      return ExitCodes.DONE; // warnings are told by the call that follows
    }
    loader.print(terminal);
    if (loader.problems().hasErrors()) {
      return ExitCodes.INPUT;
    }
    System.setProperty(Failures.LOG_FOLDER, settings.data().resolve("log").toString());
    long start = System.nanoTime();
    try (Launcher running =
        Launcher.start(pipelines, settings, new StartLines(terminal), this::died)) {
      terminal.flush();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (json.given()) {
        writeReady(running, settings, pipelines, took);
      } else {
        printReady(running, settings, pipelines, took);
      }
      terminal.flush();
      running.awaitEnd();
    }
    return ExitCodes.DONE;
  }

  private void died(EnvironmentException e) {
    new Failures(terminal).environment(e);
    terminal.flush();
  }

  private void printReady(
      Launcher running, RunSettings settings, List<LoadedPipeline> pipelines, Duration took) {
    PrintStream out = terminal.out();
    Ink ink = terminal.outInk();
    out.println(ink.good("ready") + " after " + Figures.seconds(took));
    out.println();
    row(out, "page", ink.strong(running.url()));
    row(out, "API", running.url() + "/openapi.json");
    row(out, "Kafka", running.bootstrapServers());
    row(out, "data", settings.data().toString());
    row(
        out,
        "pipelines",
        String.join(", ", pipelines.stream().map(p -> p.pipeline().name()).toList()));
    out.println();
    out.println("Try it:");
    out.println();
    out.println(
        SampleRequest.curl(
            running.url(), pipelines.get(0).pipeline().streams().get(0), Instant.now()));
    out.println();
    out.println("Ctrl-C stops it.");
  }

  private static void row(PrintStream out, String name, String value) {
    out.printf("  %-11s%s%n", name, value);
  }

  private void writeReady(
      Launcher running, RunSettings settings, List<LoadedPipeline> pipelines, Duration took) {
    terminal.json(
        out -> {
          out.writeStartObject();
          out.writeBooleanField("ready", true);
          out.writeStringField("url", running.url());
          out.writeStringField("kafka", running.bootstrapServers());
          out.writeStringField("data", settings.data().toString());
          out.writeArrayFieldStart("pipelines");
          for (LoadedPipeline pipeline : pipelines) {
            out.writeString(pipeline.pipeline().name());
          }
          out.writeEndArray();
          out.writeNumberField("seconds", took.toMillis() / 1000.0);
          out.writeEndObject();
        });
  }
}
