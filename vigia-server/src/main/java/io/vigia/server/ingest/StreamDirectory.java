package io.vigia.server.ingest;

import io.vertx.core.json.JsonArray;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Nearest;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.server.http.Shown;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams of all pipelines by name.
 *
 * <p><b>Errors.</b> {@link EnvironmentException} when two pipelines have a stream of one name: a
 * sender could not say which is meant.
 */
public final class StreamDirectory {
  private final Map<String, StreamEndpoint> streams = new TreeMap<>();

  public StreamDirectory(Collection<CompiledPipeline> pipelines) {
    for (CompiledPipeline pipeline : pipelines) {
      for (StreamSchema stream : pipeline.streams()) {
        StreamEndpoint other =
            streams.putIfAbsent(stream.name(), StreamEndpoint.of(pipeline, stream));
        if (other != null) {
          throw new EnvironmentException(
              "pipelines '%s' and '%s' both have a stream '%s'"
                  .formatted(other.pipeline(), pipeline.name(), stream.name()),
              "rename one of the two, or run the pipelines in two processes");
        }
      }
    }
  }

  /** The stream of a name, or null. */
  public @Nullable StreamEndpoint find(@Nullable String name) {
    return name == null ? null : streams.get(name);
  }

  /** What is answered for a name that no stream has. */
  ProblemAnswer unknown(@Nullable String name) {
    String shown = Shown.text(name);
    JsonArray known = new JsonArray();
    streams.keySet().forEach(known::add);
    return ProblemAnswer.of(
            404,
            "unknown-stream",
            "there is no such stream",
            "there is no stream '%s'; %s".formatted(shown, Nearest.help(shown, streams.keySet())))
        .with("streams", known);
  }
}
