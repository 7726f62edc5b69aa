package io.vigia.cli.backtest;

import io.vigia.cli.WrongInputException;
import io.vigia.cli.gateway.Address;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.verify.RecordedDecisions;
import io.vigia.core.event.Event;
import io.vigia.core.event.EventId;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Lists;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.ListDefinition;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.wire.list.ListChangeJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lists of a run as its events saw them: what was said about them, and when each event arrived.
 *
 * <p>An event of a file has arrived at its own time, unless a recorded decision says when.
 */
final class RunningLists {
  private final CompiledPipeline pipeline;
  private final Lists lists;
  private final Map<String, Long> arrivals = new HashMap<>();

  private RunningLists(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
    this.lists = pipeline.newLists();
  }

  /** The lists as the file declares them. */
  static RunningLists asDeclared(CompiledPipeline pipeline) {
    return new RunningLists(pipeline);
  }

  /**
   * The lists of a run.
   *
   * @param place a running Vigia, or a file that {@code vigia lists changes} has written
   * @param recorded the decisions of the run, or null
   */
  static RunningLists of(
      String place, CompiledPipeline pipeline, @Nullable RecordedDecisions recorded) {
    RunningLists running = new RunningLists(pipeline);
    Map<String, FieldType> types = new LinkedHashMap<>();
    for (ListDefinition list : pipeline.definition().lists()) {
      types.put(list.name().value(), list.of());
    }
    if (!place.startsWith("http://") && !place.startsWith("https://")) {
      running.readFile(Path.of(place), types);
    } else {
      for (String list : types.keySet()) {
        running.readServer(place, list, types);
      }
    }
    if (recorded != null) {
      recorded.arrivals(running.arrivals::put);
    }
    return running;
  }

  Lists lists() {
    return lists;
  }

  /** The event as it arrived in the run. */
  Event arrived(Event event) {
    if (arrivals.isEmpty()) {
      return event;
    }
    EventId id = EventId.of(pipeline.name(), event.stream().name(), event.key(), event.id());
    Long arrived = arrivals.get(id.toString());
    return arrived == null
        ? event
        : new Event(
            event.stream(),
            event.id(),
            event.key(),
            event.timeMs(),
            event.values(),
            arrived,
            event.partition(),
            event.offset());
  }

  private void readFile(Path file, Map<String, FieldType> types) {
    try (InputStream in = Files.newInputStream(file)) {
      read(in, file.toString(), types);
    } catch (IOException e) {
      throw new WrongInputException(
          "--lists: '" + file + "' cannot be read",
          "give what `vigia lists changes` has written, or the address of a running Vigia");
    }
  }

  private void readServer(String place, String list, Map<String, FieldType> types) {
    String path =
        "/v1/lists/"
            + Gateway.encode(list)
            + "/changes?pipeline="
            + Gateway.encode(pipeline.name());
    try (InputStream in = new Gateway(Address.of(place)).open(path, "application/x-ndjson")) {
      read(in, place, types);
    } catch (IOException e) {
      throw new EnvironmentException(
          place + " broke off while it gave the changes of lists: " + Gateway.reason(e),
          "look at its log, and call again",
          e);
    }
  }

  private void read(InputStream in, String place, Map<String, FieldType> types) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        lists.apply(ListChangeJson.read(line.getBytes(StandardCharsets.UTF_8), types));
      } catch (IllegalArgumentException e) {
        throw new WrongInputException(
            place + ":" + number + ": this is no change of a list: " + e.getMessage(),
            "give what `vigia lists changes` has written");
      }
    }
  }
}
