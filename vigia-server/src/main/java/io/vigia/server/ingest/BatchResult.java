package io.vigia.server.ingest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.core.problem.Problem;
import io.vigia.server.http.ProblemJson;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the events of a request fared; complete once each is acknowledged, rejected or lost.
 * Thread-safe.
 */
final class BatchResult {
  private final Consumer<BatchResult> end;
  private final JsonArray rejected = new JsonArray();
  private int open = 1; // the request itself, until all its events are on their way
  private int accepted;
  private int lost;

  /**
   * The result of a request.
   *
   * @param end is told once, when it is complete
   */
  BatchResult(Consumer<BatchResult> end) {
    this.end = end;
  }

  synchronized void reject(int index, List<Problem> problems) {
    rejected.add(new JsonObject().put("index", index).put("problems", ProblemJson.array(problems)));
  }

  synchronized void sending() {
    open++;
  }

  /** An event was acknowledged, or was not. */
  void sent(@Nullable Exception failure) {
    synchronized (this) {
      if (failure == null) {
        accepted++;
      } else {
        lost++;
      }
    }
    close();
  }

  /** All events are on their way. */
  void complete() {
    close();
  }

  private void close() {
    boolean done;
    synchronized (this) {
      open--;
      done = open == 0;
    }
    if (done) {
      end.accept(this);
    }
  }

  synchronized int accepted() {
    return accepted;
  }

  synchronized int lost() {
    return lost;
  }

  synchronized JsonArray rejected() {
    return rejected;
  }

  synchronized int rejectedCount() {
    return rejected.size();
  }
}
