package io.vigia.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.gateway.Address;
import io.vigia.cli.gateway.Gateway;
import io.vigia.core.problem.EnvironmentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * Where recorded decisions are: in a running Vigia, or in a file of NDJSON.
 *
 * <p><b>Shape.</b> Decisions as the server gives them, or lines of a backtest; those of other
 * pipelines and of streams that are not asked for are passed over.
 */
public final class RecordedDecisions implements Verification.Source {
  private final String place;
  private final String pipeline;
  private final List<String> streams;
  private final Set<String> silences;

  /**
   * @param streams those whose decisions are asked for, of silences as well
   * @param silences those of them that are streams of silences
   */
  public RecordedDecisions(
      String place, String pipeline, List<String> streams, Set<String> silences) {
    this.place = place;
    this.pipeline = pipeline;
    this.streams = List.copyOf(streams);
    this.silences = Set.copyOf(silences);
  }

  /** Whether they are in a running Vigia, so that more may come. */
  public boolean isLive() {
    return place.startsWith("http://") || place.startsWith("https://");
  }

  /** Sees to it that they can be had, before anything is compared with them. */
  public void check() {
    if (isLive()) {
      new Gateway(Address.of(place)).json("/v1/pipelines");
    } else if (!Files.isRegularFile(Path.of(place))) {
      throw new WrongInputException(
          "--verify: there is no file '" + place + "'",
          "give a file of decisions, or the address of a running Vigia such as " + Address.DEFAULT);
    }
  }

  @Override
  public void forEach(Consumer<Recorded> sink) {
    if (!isLive()) {
      try (InputStream in = file()) {
        read(in, sink);
      } catch (IOException e) {
        throw new EnvironmentException(
            place + " cannot be read: " + e.getMessage(), "check the file", e);
      }
      return;
    }
    Gateway gateway = new Gateway(Address.of(place));
    for (String stream : streams) {
      String path =
          "/v1/decisions?pipeline="
              + Gateway.encode(pipeline)
              + "&stream="
              + Gateway.encode(stream);
      try (InputStream in = gateway.open(path, "application/x-ndjson")) {
        read(in, sink);
      } catch (IOException e) {
        throw new EnvironmentException(
            place + " broke off while it gave its decisions: " + Gateway.reason(e),
            "look at its log, and call again",
            e);
      }
    }
  }

  /** Them without the silences of moments that are beyond a limit. */
  public Verification.Source upTo(Predicate<RecordedMoment> beyond) {
    return sink ->
        forEach(
            recorded -> {
              if (!silences.contains(recorded.stream()) || !beyond.test(recorded.moment())) {
                sink.accept(recorded);
              }
            });
  }

  /** When the events arrived, by the ids of their decisions, where those say it. */
  public void arrivals(ObjLongConsumer<String> sink) {
    forEach(
        recorded -> {
          if (recorded.moment().arrivedMs() != RecordedMoment.NEVER) {
            sink.accept(recorded.id(), recorded.moment().arrivedMs());
          }
        });
  }

  /** How far time had come at each of them, by their ids, and how far at last. */
  public OptionalLong times(BiConsumer<String, RecordedMoment> sink) {
    OptionalLong reached = isLive() ? reached() : OptionalLong.empty();
    long[] latest = {RecordedMoment.NEVER};
    forEach(
        recorded -> {
          RecordedMoment moment = recorded.moment();
          sink.accept(recorded.id(), moment);
          moment.passed().values().forEach(time -> latest[0] = Math.max(latest[0], time));
          if (silences.contains(recorded.stream())) {
            latest[0] = Math.max(latest[0], moment.timeMs());
          }
        });
    return isLive() || latest[0] == RecordedMoment.NEVER ? reached : OptionalLong.of(latest[0]);
  }

  /** What the running Vigia says; asked before its decisions, so that all up to then are there. */
  private OptionalLong reached() {
    for (JsonNode each : new Gateway(Address.of(place)).json("/v1/stats").path("pipelines")) {
      if (each.path("pipeline").asText().equals(pipeline) && each.has("passed")) {
        return OptionalLong.of(Instant.parse(each.path("passed").asText()).toEpochMilli());
      }
    }
    return OptionalLong.empty();
  }

  private InputStream file() throws IOException {
    Path file = Path.of(place);
    InputStream in = Files.newInputStream(file);
    return place.toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private void read(InputStream in, Consumer<Recorded> sink) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        Recorded recorded = recorded(line, number);
        boolean ours = recorded.pipeline().isEmpty() || recorded.pipeline().equals(pipeline);
        if (ours && streams.contains(recorded.stream())) {
          sink.accept(recorded);
        }
      }
    }
  }

  private Recorded recorded(String line, long number) {
    try {
      return Recorded.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(
          place + ":" + number + ": this is no decision: " + e.getMessage(),
          "give the decisions of a running Vigia, or what backtest --out has written");
    }
  }
}
