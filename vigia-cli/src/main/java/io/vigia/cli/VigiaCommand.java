package io.vigia.cli;

import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The root of all commands. */
@Command(
    name = "vigia",
    header = "Watches streams of events and acts on them while they still matter.",
    description = {
      "Events come in over HTTP or Kafka, are kept in Kafka, are judged in milliseconds by rules"
          + " over exact history running on Flink, and every decision is answered, stored and"
          + " shown. A pipeline file says what events there are and how they are judged; everything"
          + " that runs it is inside this one command."
    },
    customSynopsis = "vigia COMMAND [OPTIONS]",
    synopsisHeading = "%nUsage: ",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia demo",
      "  vigia init minimal first",
      "  vigia validate first/pipeline.yaml",
      "",
      "`vigia COMMAND --help` explains a command and shows how it is used. Exit codes: 0 done,",
      "1 what was given is wrong, 2 something around Vigia failed. VIGIA_JAVA_OPTS sets options of",
      "the Java that runs vigia, such as -Xmx4g; NO_COLOR turns colours off."
    })
final class VigiaCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin HelpOption help = new HelpOption();

  @Option(
      names = {"-V", "--version"},
      description = "Print the version.")
  boolean version;

  VigiaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return version ? new VersionCommand(terminal).call() : Welcome.show(terminal);
  }
}
