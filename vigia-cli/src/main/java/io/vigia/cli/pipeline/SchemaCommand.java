package io.vigia.cli.pipeline;

import io.vigia.cli.ExitCodes;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.wire.pipeline.PipelineJsonSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigia schema}: prints the JSON Schema of pipeline files. */
@Command(
    name = "schema",
    header = "Print the JSON Schema of pipeline files, for editors.",
    description = {
      "With the schema beside a pipeline file, and the line below at its top, editors complete its"
          + " words, explain them and mark mistakes while you type (in VS Code: the YAML extension"
          + " of Red Hat; in IntelliJ: without further ado)."
    },
    customSynopsis = "vigia schema > vigia.schema.json",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia schema > vigia.schema.json",
      "",
      "The first line of the pipeline file then is:",
      "  # yaml-language-server: $schema=./vigia.schema.json"
    })
public final class SchemaCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin HelpOption help = new HelpOption();

  public SchemaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(PipelineJsonSchema.json());
    return ExitCodes.DONE;
  }
}
