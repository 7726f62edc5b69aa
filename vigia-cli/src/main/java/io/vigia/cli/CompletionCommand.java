package io.vigia.cli;

import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vigia completion}: prints what makes a shell complete commands and options. */
@Command(
    name = "completion",
    header = "Print the completion of commands and options for a shell.",
    description = {
      "Load what it prints into a shell, and the Tab key completes the commands of `vigia` and"
          + " their options. It serves bash, and zsh behind `autoload -U +X bashcompinit &&"
          + " bashcompinit`."
    },
    customSynopsis = "vigia completion SHELL",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(vigia completion bash)",
      "  vigia completion bash > ~/.local/share/bash-completion/completions/vigia"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "1", paramLabel = "SHELL", description = "bash or zsh.")
  String shell = "";

  @Mixin HelpOption help = new HelpOption();

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new WrongInputException("found the shell '" + shell + "', expected bash or zsh", "");
    }
    terminal.out().print(AutoComplete.bash("vigia", CommandLines.all(terminal)));
    return ExitCodes.DONE;
  }
}
