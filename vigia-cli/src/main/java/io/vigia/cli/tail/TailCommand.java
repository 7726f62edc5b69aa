package io.vigia.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.gateway.Address;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.tail.LiveEvents.LiveEvent;
import io.vigia.cli.terminal.DurationOption;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigia tail}: shows decisions and alerts as they are made. */
@Command(
    name = "tail",
    header = "Show the decisions and alerts of a running Vigia as they are made.",
    description = {
      "Follows the same feed as the page: one line for each decision and each alert, until it is"
          + " stopped with Ctrl-C. Under load the feed shows at most 50 decisions a second, the"
          + " severe ones first; how many were left out is told. For every decision without"
          + " exception, read the topic or GET /v1/decisions."
    },
    customSynopsis = "vigia tail [--alerts] [--outcome NAME[,NAME...]] [--json] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia tail",
      "  vigia tail --outcome review,block",
      "  vigia tail --alerts --json"
    })
public final class TailCommand implements Callable<Integer> {
  private static final long PAUSE_MS = 1000;
  private static final int ALERTS_REMEMBERED = 10_000;

  private final Terminal terminal;
  private final Set<String> alertsShown = new HashSet<>();
  private long shown;
  private volatile boolean ended;
  private volatile @Nullable InputStream feed;

  @Option(names = "--alerts", description = "Show alerts only. Default: decisions too.")
  boolean alerts;

  @Option(
      names = "--outcome",
      paramLabel = "NAME[,NAME...]",
      split = ",",
      hideParamSyntax = true,
      description = "Show only what has one of these outcomes. Default: all.")
  List<String> outcomes = List.of();

  @Option(
      names = "--from",
      paramLabel = "URL",
      defaultValue = Address.DEFAULT,
      converter = Address.Converter.class,
      description = "The running Vigia. Default: ${DEFAULT-VALUE}.")
  Address from = Address.of(Address.DEFAULT);

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationOption.class,
      description = "Stop after this time. Default: when it is stopped.")
  @Nullable Duration time;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Stop after so many lines. Default: when it is stopped.")
  long count;

  @Option(names = "--json", description = "Print each as one JSON object, as it comes.")
  boolean json;

  @Mixin HelpOption help = new HelpOption();

  public TailCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Gateway gateway = new Gateway(from);
    JsonNode pipelines = gateway.json("/v1/pipelines");
    checkOutcomes(pipelines);
    LiveLine line = new LiveLine(terminal.outInk(), pipelines);
    if (time != null) {
      stopAfter(time);
    }
    while (!ended) {
      try (InputStream in = gateway.open("/v1/live", "text/event-stream")) {
        feed = in;
        if (follow(new LiveEvents(in), line) || ended) {
          break;
        }
        terminal.note(from + " ended the feed; asking again …");
      } catch (IOException e) {
        if (!ended) {
          terminal.note(from + ": " + Gateway.reason(e) + "; asking again …");
        }
      } catch (EnvironmentException e) {
        // it is being started again; that it went away has been told
      }
      pause();
    }
    return ExitCodes.DONE;
  }

  private void checkOutcomes(JsonNode pipelines) {
    Set<String> known = new TreeSet<>();
    for (JsonNode pipeline : pipelines.path("pipelines")) {
      pipeline.path("outcomes").forEach(outcome -> known.add(outcome.asText()));
    }
    for (String outcome : outcomes) {
      if (!known.contains(outcome)) {
        throw new WrongInputException(
            "--outcome: no pipeline has the outcome '" + outcome + "'",
            Nearest.help(outcome, known));
      }
    }
  }

  /** Ends the feed from outside, since reading cannot be interrupted. */
  private void stopAfter(Duration duration) {
    Thread stop =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(duration.toMillis());
                ended = true;
                InputStream open = feed;
                if (open != null) {
                  open.close();
                }
              } catch (InterruptedException | IOException e) {
                ended = true;
              }
            },
            "vigia-tail-end");
    stop.setDaemon(true);
    stop.start();
  }

  private void pause() {
    if (ended) {
      return;
    }
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted", "call again", e);
    }
  }

  /** True when enough has been shown, or nobody reads it any more. */
  private boolean follow(LiveEvents events, LiveLine line) throws IOException {
    for (LiveEvent event = events.next(); event != null; event = events.next()) {
      JsonNode data = Gateway.read(event.data().getBytes(StandardCharsets.UTF_8));
      if (event.kind().equals("stats")) {
        long skipped = data.path("skipped").asLong();
        if (skipped > 0 && !alerts) {
          terminal.note(Figures.count(skipped, "decision") + " not shown");
        }
      } else if (isWanted(event.kind(), data)) {
        boolean alert = event.kind().equals("alert");
        terminal
            .out()
            .println(json ? event.data() : alert ? line.alert(data) : line.decision(data));
        shown++;
        if (!terminal.flush() || shown == count) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isWanted(String kind, JsonNode data) {
    boolean known = kind.equals("alert") ? isNew(data) : kind.equals("decision") && !alerts;
    return known && (outcomes.isEmpty() || outcomes.contains(data.path("outcome").asText()));
  }

  /** The feed tells of an alert again when a decision was folded into it, which is no news. */
  private boolean isNew(JsonNode alert) {
    if (alertsShown.size() >= ALERTS_REMEMBERED) {
      alertsShown.clear();
    }
    String notice =
        alert.path("id").asText()
            + alert.path("repeats").asInt()
            + alert.path("resolved_at").isTextual();
    return alertsShown.add(notice) || json;
  }
}
