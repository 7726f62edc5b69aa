package io.vigia.cli.pipeline;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.run.LoadedPipeline;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.JsonOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.pipeline.PipelineDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vigia validate}: says everything that is wrong with pipeline files. */
@Command(
    name = "validate",
    header = "Check pipeline files and say everything that is wrong with them.",
    description = {
      "Reads each file, checks its form, names, types and expressions, and prints every problem at"
          + " once: where it stands, what was found, what was expected and the next step. Nothing"
          + " is started and nothing is written."
    },
    customSynopsis = "vigia validate [--json] FILE...",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia validate examples/fraud/pipeline.yaml",
      "  vigia validate --json examples/fraud/pipeline.yaml examples/shop/pipeline.yaml",
      "",
      "Editors check while you type with the schema that `vigia schema` prints."
    })
public final class ValidateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The pipeline files to check.")
  List<Path> files = List.of();

  @Mixin JsonOption json = new JsonOption();
  @Mixin HelpOption help = new HelpOption();

  public ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    PipelineLoader loader = new PipelineLoader();
    List<LoadedPipeline> loaded = new ArrayList<>();
    files.forEach(file -> loader.load(file).ifPresent(loaded::add));
    loader.print(terminal);
    for (LoadedPipeline pipeline : loaded) {
      terminal.text(json.given()).println(line(pipeline.pipeline().definition()));
    }
    if (json.given()) {
      terminal.json(out -> write(loader, loaded, out));
    }
    return loader.problems().hasErrors() ? ExitCodes.INPUT : ExitCodes.DONE;
  }

  private String line(PipelineDefinition definition) {
    List<String> counts = new ArrayList<>();
    counts.add(Figures.count(definition.streams().size(), "stream"));
    counts.add(Figures.count(definition.features().size(), "feature"));
    if (!definition.tables().isEmpty()) {
      counts.add(Figures.count(definition.tables().size(), "table"));
    }
    counts.add(Figures.count(definition.rules().size(), "rule"));
    counts.add(Figures.count(definition.tests().size(), "test"));
    return definition.name()
        + ": "
        + String.join(", ", counts)
        + " — "
        + terminal.outInk().good("ok");
  }

  private static void write(PipelineLoader loader, List<LoadedPipeline> loaded, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeBooleanField("ok", !loader.problems().hasErrors());
    out.writeArrayFieldStart("pipelines");
    for (LoadedPipeline pipeline : loaded) {
      PipelineDefinition definition = pipeline.pipeline().definition();
      out.writeStartObject();
      out.writeStringField("file", pipeline.file().toString());
      out.writeStringField("pipeline", definition.name().value());
      out.writeNumberField("streams", definition.streams().size());
      out.writeNumberField("features", definition.features().size());
      out.writeNumberField("tables", definition.tables().size());
      out.writeNumberField("rules", definition.rules().size());
      out.writeNumberField("tests", definition.tests().size());
      out.writeEndObject();
    }
    out.writeEndArray();
    ProblemsJson.write(loader.problems(), out);
    out.writeEndObject();
  }
}
