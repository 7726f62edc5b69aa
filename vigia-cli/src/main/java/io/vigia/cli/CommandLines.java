package io.vigia.cli;

import io.vigia.cli.backtest.BacktestCommand;
import io.vigia.cli.lists.ListsCommand;
import io.vigia.cli.pipeline.SchemaCommand;
import io.vigia.cli.pipeline.TestCommand;
import io.vigia.cli.pipeline.ValidateCommand;
import io.vigia.cli.send.SendCommand;
import io.vigia.cli.tail.TailCommand;
import io.vigia.cli.template.InitCommand;
import io.vigia.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * The commands by name.
 *
 * <p>Only the one that is called is made, so that a light one loads nothing of a heavy one.
 */
final class CommandLines {
  /** Longer lines are hard to read. */
  private static final int HELP_COLUMNS_MAX = 100;

  private static final Map<String, Function<Terminal, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("demo", DemoCommand::new);
    COMMANDS.put("init", InitCommand::new);
    COMMANDS.put("validate", ValidateCommand::new);
    COMMANDS.put("test", TestCommand::new);
    COMMANDS.put("backtest", BacktestCommand::new);
    COMMANDS.put("run", RunCommand::new);
    COMMANDS.put("send", SendCommand::new);
    COMMANDS.put("tail", TailCommand::new);
    COMMANDS.put("lists", ListsCommand::of);
    COMMANDS.put("schema", SchemaCommand::new);
    COMMANDS.put("completion", CompletionCommand::new);
    COMMANDS.put("version", VersionCommand::new);
    COMMANDS.put("help", HelpCommand::new);
  }

  private CommandLines() {}

  /** The names of all commands, in the order in which they are shown. */
  static Set<String> names() {
    return Collections.unmodifiableSet(COMMANDS.keySet());
  }

  /** What can execute a call with these words, of which there is at least one. */
  static CommandLine of(String[] words, Terminal terminal) {
    CommandLine line = of(words[0], terminal);
    List<String> all = List.of(words);
    if (all.contains("--help") || all.contains("-h")) {
      // Asked only here, since asking takes longer than checking a small file.
      line.setUsageHelpWidth(Math.min(HELP_COLUMNS_MAX, terminal.columns()));
    }
    return line;
  }

  private static CommandLine of(String first, Terminal terminal) {
    Function<Terminal, Object> command = COMMANDS.get(first);
    if (command == null) {
      return all(terminal);
    }
    CommandLine root = new CommandLine(new VigiaCommand(terminal));
    root.addSubcommand(first, command.apply(terminal));
    return configured(root, terminal);
  }

  /** All commands. */
  static CommandLine all(Terminal terminal) {
    CommandLine root = new CommandLine(new VigiaCommand(terminal));
    COMMANDS.forEach((name, command) -> root.addSubcommand(name, command.apply(terminal)));
    return configured(root, terminal);
  }

  private static CommandLine configured(CommandLine root, Terminal terminal) {
    Failures failures = new Failures(terminal);
    root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(terminal.text(true), true, StandardCharsets.UTF_8));
    root.setColorScheme(
        new ColorScheme.Builder(terminal.outInk().on() ? Ansi.ON : Ansi.OFF)
            .commands(Ansi.Style.bold)
            .options(Ansi.Style.bold)
            .parameters(Ansi.Style.bold)
            .build());
    root.setParameterExceptionHandler(failures);
    root.setExecutionExceptionHandler(failures);
    root.setUsageHelpLongOptionsMaxWidth(26);
    root.setExpandAtFiles(false);
    HelpLayout.apply(root);
    root.getSubcommands().values().forEach(CommandLines::layOut);
    return root;
  }

  private static void layOut(CommandLine command) {
    HelpLayout.apply(command);
    command.getSubcommands().values().forEach(CommandLines::layOut);
  }
}
