package io.vigia.cli;

import io.vigia.cli.demo.DemoSettings;
import io.vigia.cli.demo.PaymentFile;
import io.vigia.cli.run.Demonstration;
import io.vigia.cli.run.DemonstrationSettings;
import io.vigia.cli.terminal.CheckOption;
import io.vigia.cli.terminal.DurationOption;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.JsonOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Nearest;
import io.vigia.flink.StateStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigia demo}: everything at once, with made-up customers and frauds. */
@Command(
    name = "demo",
    header = "Watch payments being decided, frauds being blocked and alerts being raised.",
    description = {
      "Starts a Kafka, a Flink and a PostgreSQL inside this process, a generator of card payments"
          + " (5,000 customers with their habits, 10,000 merchants, three kinds of fraud) and the"
          + " page that shows it all. It prints the page's address and a `curl` line with which you"
          + " send a payment of your own and get its decision. Nothing needs to be installed."
    },
    customSynopsis = "vigia demo [fraud] [--for DURATION] [--rate N] [--write PATH] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia demo",
      "  vigia demo fraud --for 30s --json",
      "  vigia demo --rate 1000 --port 8081 --open",
      "  vigia demo --write payments.ndjson.gz --events 50000"
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<String> NAMES = List.of("fraud");

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      defaultValue = "fraud",
      description = "What to show: fraud (card payments). Default: ${DEFAULT-VALUE}.")
  String name = "fraud";

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationOption.class,
      description = "Stop after this time, such as 30s, and sum up. Default: when it is stopped.")
  @Nullable Duration time;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "100",
      description = "Payments a second. Default: ${DEFAULT-VALUE}.")
  double rate;

  @Option(
      names = "--write",
      paramLabel = "PATH",
      description =
          "Play nothing; write payments to this .ndjson or .ndjson.gz file, each with the truth"
              + " about it, for send and for backtest --label fraud.")
  @Nullable Path write;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "100000",
      description = "With --write: how many payments. Default: ${DEFAULT-VALUE}.")
  long events;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".vigia/demo",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
  Path data = Path.of(".vigia", "demo");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port of page and API; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(names = "--open", description = "Open the page in the browser.")
  boolean open;

  @Mixin StateOption state = new StateOption();
  @Mixin JsonOption json = new JsonOption();
  @Mixin CheckOption check = new CheckOption();
  @Mixin HelpOption help = new HelpOption();

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!NAMES.contains(name)) {
      throw new WrongInputException(
          "there is no demonstration '" + name + "'", Nearest.help(name, NAMES));
    }
    if (!(rate > 0) || rate > 1_000_000) {
      throw new WrongInputException(
          "--rate: expected more than 0 and at most 1000000, found " + rate, "");
    }
    if (events < 2) {
      throw new WrongInputException("--events: expected at least 2, found " + events, "");
    }
    RunOptions.checkPort("--port", port);
    StateStorage storage = state.storage();
    if (check.given()) {
      return ExitCodes.DONE;
    }
    if (write != null) {
      return write(write);
    }
    System.setProperty(Failures.LOG_FOLDER, data.resolve("log").toString());
    return Demonstration.run(
        new DemonstrationSettings(
            name,
            DemoSettings.DEFAULT.withRate(rate).withLength(time),
            data,
            port,
            storage,
            open,
            json.given()),
        terminal,
        new StartLines(terminal),
        this::died);
  }

  private int write(Path file) {
    PaymentFile.Written written =
        PaymentFile.write(file, events, rate, DemoSettings.DEFAULT.seed(), Instant.now());
    written.print(terminal.text(json.given()));
    if (json.given()) {
      terminal.json(written::write);
    }
    return ExitCodes.DONE;
  }

  private void died(EnvironmentException e) {
    new Failures(terminal).environment(e);
    terminal.flush();
  }
}
