package io.vigia.cli.template;

import io.vigia.cli.ExitCodes;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Ink;
import io.vigia.cli.terminal.JsonOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Nearest;
import io.vigia.wire.pipeline.PipelineJsonSchema;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vigia init}: makes a folder with a pipeline to begin with. */
@Command(
    name = "init",
    header = "Make a folder with a pipeline of your own to change.",
    description = {
      "Copies a template into a folder: a pipeline file that runs and is tested, a page of text"
          + " that explains it, and the schema by which editors complete it. Files that are there"
          + " already are never overwritten."
    },
    customSynopsis = "vigia init TEMPLATE FOLDER",
    footerHeading = "%nExamples:%n",
    footer = {"  vigia init minimal first", "  vigia init fraud my-fraud"})
public final class InitCommand implements Callable<Integer> {
  private static final String PIPELINE = "pipeline.yaml";
  private static final String SCHEMA = "vigia.schema.json";

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "1",
      paramLabel = "TEMPLATE",
      description = {
        "fraud    card payments: velocity, card testing, stolen cards, with tests",
        "shop     order lines of a shop: unusual orders, surges, returns, with tests",
        "sensors  readings, heartbeats, machines: silence, spikes, sessions, with tests",
        "minimal  one stream, one feature, one rule, one test and a file of events"
      })
  String template = "";

  @Parameters(
      index = "1",
      arity = "1",
      paramLabel = "FOLDER",
      description = "Where the files go; made if it is not there.")
  Path folder = Path.of("");

  @Mixin JsonOption json = new JsonOption();
  @Mixin HelpOption help = new HelpOption();

  public InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!Templates.names().contains(template)) {
      throw new WrongInputException(
          "there is no template '" + template + "'", Nearest.help(template, Templates.names()));
    }
    SortedMap<String, byte[]> files = Templates.files(template);
    files.putIfAbsent(SCHEMA, PipelineJsonSchema.json().getBytes(StandardCharsets.UTF_8));
    files.computeIfPresent(PIPELINE, (name, content) -> besideSchema(content));
    checkNothingThere(files);
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey());
        Path parent = target.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.write(target, file.getValue());
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "folder '" + folder + "' cannot be written: " + e.getMessage(),
          "check who may write there, and the room that is left",
          e);
    }
    print(List.copyOf(files.keySet()));
    return ExitCodes.DONE;
  }

  /** The pipeline with the schema beside it, not where it lies in the project. */
  private static byte[] besideSchema(byte[] pipeline) {
    return new String(pipeline, StandardCharsets.UTF_8)
        .replaceFirst(
            "\\$schema=\\S*" + Pattern.quote(SCHEMA),
            Matcher.quoteReplacement("$schema=./" + SCHEMA))
        .getBytes(StandardCharsets.UTF_8);
  }

  private void checkNothingThere(SortedMap<String, byte[]> files) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new WrongInputException("'" + folder + "' is a file", "name a folder");
    }
    for (String file : files.keySet()) {
      if (Files.exists(folder.resolve(file))) {
        throw new WrongInputException(
            "'" + folder.resolve(file) + "' is there already, and nothing is overwritten",
            "name another folder, or take the file away");
      }
    }
  }

  private void print(List<String> files) {
    if (json.given()) {
      terminal.json(
          out -> {
            out.writeStartObject();
            out.writeStringField("template", template);
            out.writeStringField("folder", folder.toString());
            out.writeArrayFieldStart("files");
            for (String file : files) {
              out.writeString(file);
            }
            out.writeEndArray();
            out.writeEndObject();
          });
      return;
    }
    PrintStream out = terminal.out();
    Ink ink = terminal.outInk();
    Path pipeline = folder.resolve(PIPELINE).normalize();
    out.println("made " + folder + ": " + String.join(", ", files));
    out.println();
    out.println("Next:");
    out.println();
    step(out, ink, "vigia validate " + pipeline, "checks it; change a word and call it again");
    step(out, ink, "vigia test " + pipeline, "runs the tests that stand in it");
    step(out, ink, "vigia run " + pipeline, "decides events, on http://127.0.0.1:8080");
  }

  private static void step(PrintStream out, Ink ink, String command, String what) {
    out.println("  " + ink.strong(command) + " ".repeat(Math.max(2, 44 - command.length())) + what);
  }
}
