package io.vigia.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.events.EventPaths;
import io.vigia.cli.gateway.Address;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.pipeline.PipelineLoader;
import io.vigia.cli.run.LoadedPipeline;
import io.vigia.cli.terminal.DurationOption;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.JsonOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Nearest;
import io.vigia.wire.event.EventLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigia send}: sends the events of files to a running Vigia. */
@Command(
    name = "send",
    header = "Send the events of files to a running Vigia.",
    description = {
      "Reads CSV and NDJSON files, also .gz, and posts their events to a stream, in the order of"
          + " the files and lines. Nothing is lost and nothing counts twice: a batch that is not"
          + " acknowledged is sent again, and the server recognises what it has. A call that was"
          + " interrupted goes on where it was acknowledged when it is made again."
    },
    customSynopsis = "vigia send STREAM PATH... [--rate N | --speed FACTOR | --max] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia send payments first/payments.csv",
      "  vigia send payments first/payments.csv --speed 60 --from-start",
      "  vigia send order_lines 2011-*.csv.gz --rate 500 --to http://10.0.0.7:8080",
      "",
      "Lines that are no events, and events that the server rejects, are told with file and line",
      "and counted."
    })
public final class SendCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", arity = "1", paramLabel = "STREAM", description = "The stream to fill.")
  String stream = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Files that end with .csv, .ndjson, .jsonl or .json, each also with .gz behind.")
  List<String> paths = List.of();

  @Option(
      names = "--to",
      paramLabel = "URL",
      defaultValue = Address.DEFAULT,
      converter = Address.Converter.class,
      description = "The running Vigia. Default: ${DEFAULT-VALUE}.")
  Address to = Address.of(Address.DEFAULT);

  @ArgGroup(exclusive = true)
  PaceOptions pace = new PaceOptions();

  /** One of them at most. */
  static final class PaceOptions {
    @Option(names = "--rate", paramLabel = "N", description = "Send so many events a second.")
    double rate;

    @Option(
        names = "--speed",
        paramLabel = "FACTOR",
        description = "Keep the distances between the events' own times, so many times faster.")
    double speed;

    @Option(names = "--max", description = "Send as fast as the server takes them. The default.")
    boolean max;
  }

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "500",
      description = "Events in one request at most. Default: ${DEFAULT-VALUE}.")
  int batch;

  @Option(
      names = "--retry-for",
      paramLabel = "DURATION",
      defaultValue = "5m",
      converter = DurationOption.class,
      description =
          "How long to try again while the server takes nothing. Default: ${DEFAULT-VALUE}.")
  Duration retryFor = Duration.ofMinutes(5);

  @Option(
      names = "--from-start",
      description = "Send files from their start even if a part was acknowledged before.")
  boolean fromStart;

  @Option(
      names = "--pipeline",
      paramLabel = "FILE",
      description = "Read the stream's fields from this file. Default: the server is asked.")
  @Nullable Path pipeline;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".vigia",
      description = "Where to keep how far each file was sent. Default: ${DEFAULT-VALUE}.")
  Path data = Path.of(".vigia");

  @Option(names = "--strict", description = "End with 1 if any line is bad or any event rejected.")
  boolean strict;

  @Mixin JsonOption json = new JsonOption();
  @Mixin HelpOption help = new HelpOption();

  public SendCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    checkOptions();
    List<Path> files = EventPaths.expand(paths);
    Gateway gateway = new Gateway(to);
    Described described = pipeline == null ? ask(gateway) : read(pipeline);
    if (described == null) {
      return ExitCodes.INPUT;
    }
    Sending sending =
        new Sending(
            new Sending.Settings(files, batch, fromStart, retryFor, data, pace()),
            gateway,
            described.schema,
            described.instance,
            terminal);
    Thread keeper =
        new Thread(
            () -> {
              sending.keepPosition();
              terminal.note("stopped; the same call goes on where it was acknowledged");
            },
            "vigia-send-stopped");
    Runtime.getRuntime().addShutdownHook(keeper);
    try {
      if (!sending.run()) {
        return ExitCodes.INPUT;
      }
    } finally {
      sending.keepPosition();
      Runtime.getRuntime().removeShutdownHook(keeper);
    }
    report(sending);
    boolean refused = sending.bad() + sending.rejected() > 0;
    boolean nothing = sending.accepted() + sending.skipped() == 0;
    return refused && (strict || nothing) ? ExitCodes.INPUT : ExitCodes.DONE;
  }

  private record Described(StreamSchema schema, String instance) {}

  private void checkOptions() {
    if (batch < 1 || batch > EventLimits.BATCH_EVENTS) {
      throw new WrongInputException(
          "--batch: expected 1 to " + EventLimits.BATCH_EVENTS + ", found " + batch, "");
    }
    if (pace.rate < 0 || pace.speed < 0) {
      throw new WrongInputException("--rate and --speed must be more than nothing", "");
    }
  }

  private Pace pace() {
    if (pace.rate > 0) {
      return Pace.rate(pace.rate);
    }
    return pace.speed > 0 ? Pace.speed(pace.speed) : Pace.max();
  }

  private Described ask(Gateway gateway) {
    Outage outage = new Outage(to, retryFor, terminal);
    while (true) {
      try {
        JsonNode answer = gateway.json("/v1/pipelines");
        outage.end();
        return new Described(
            ServedStream.find(answer, stream, to.toString()), ServedStream.instance(answer));
      } catch (EnvironmentException e) {
        Throwable cause = e.getCause();
        outage.await(cause == null ? String.valueOf(e.getMessage()) : Gateway.reason(cause), 0);
      }
    }
  }

  private @Nullable Described read(Path file) {
    PipelineLoader loader = new PipelineLoader();
    Optional<LoadedPipeline> loaded = loader.load(file);
    if (loaded.isEmpty()) {
      loader.print(terminal);
      return null;
    }
    CompiledPipeline compiled = loaded.get().pipeline();
    StreamSchema schema = compiled.stream(stream);
    if (schema == null) {
      throw new WrongInputException(
          "pipeline '" + compiled.name() + "' has no stream '" + stream + "'",
          Nearest.help(stream, compiled.streams().stream().map(StreamSchema::name).toList()));
    }
    return new Described(schema, "");
  }

  private void report(Sending sending) {
    double seconds = sending.elapsed().toNanos() / 1e9;
    terminal
        .text(json.given())
        .println(
            stream
                + ": "
                + Figures.count(sending.accepted(), "event")
                + " acknowledged in "
                + Figures.seconds(sending.elapsed())
                + ", "
                + Figures.rate(sending.accepted() / seconds)
                + (sending.skipped() == 0
                    ? ""
                    : " · " + Figures.count(sending.skipped()) + " sent before")
                + " · "
                + Figures.count(sending.rejected())
                + " rejected · "
                + Figures.count(sending.bad(), "bad line")
                + (sending.retries() == 0
                    ? ""
                    : " · sent again " + Figures.count(sending.retries(), "time")));
    if (json.given()) {
      terminal.json(
          out -> {
            out.writeStartObject();
            out.writeStringField("stream", stream);
            out.writeStringField("to", to.toString());
            out.writeNumberField("sent", sending.accepted());
            out.writeNumberField("sent_before", sending.skipped());
            out.writeNumberField("rejected", sending.rejected());
            out.writeNumberField("bad_lines", sending.bad());
            out.writeNumberField("retries", sending.retries());
            out.writeNumberField("seconds", Math.round(seconds * 1000) / 1000.0);
            out.writeNumberField("events_per_second", Math.round(sending.accepted() / seconds));
            out.writeEndObject();
          });
    }
  }
}
