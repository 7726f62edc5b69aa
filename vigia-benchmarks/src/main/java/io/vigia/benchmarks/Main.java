package io.vigia.benchmarks;

import io.vigia.benchmarks.checkpoints.CheckpointsCommand;
import io.vigia.benchmarks.conformance.ConformanceCommand;
import io.vigia.benchmarks.decide.DecideCommand;
import io.vigia.benchmarks.expressions.ExpressionsCommand;
import io.vigia.benchmarks.growth.W4Command;
import io.vigia.benchmarks.kernel.W1Command;
import io.vigia.benchmarks.replay.ReplayCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The entry of {@code ./dev/bench}. */
@Command(
    name = "bench",
    header = "Measures Vigia.",
    description = "See docs/benchmarks/README.md for what the figures mean.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DecideCommand.class,
      ReplayCommand.class,
      W1Command.class,
      W4Command.class,
      CheckpointsCommand.class,
      ExpressionsCommand.class,
      ConformanceCommand.class,
      JmhCommand.class
    })
public final class Main implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** Exit code 0 done, 1 void figures or wrong options, 2 the environment failed. */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new Main());
    List<CommandLine> all = new ArrayList<>(command.getSubcommands().values());
    all.add(command);
    for (CommandLine each : all) {
      each.getCommandSpec().exitCodeOnInvalidInput(1).exitCodeOnExecutionException(2);
    }
    int outcome = command.execute(args);
    // The embedded Kafka leaves threads that are no daemons.
    System.exit(outcome);
  }
}
