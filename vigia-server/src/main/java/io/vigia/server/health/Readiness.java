package io.vigia.server.health;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.server.health.HealthSource.PartHealth;
import io.vigia.server.store.StoreConsumer.StoreStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether the server can do its work, and if not, why.
 *
 * <p>It is ready when a probe has come back through every partition, the last ones are not overdue
 * and what it is told of the processor is well. A store that is away makes it no less ready:
 * decisions are answered and stored later; it is told among the parts.
 */
public final class Readiness {
  private final Map<String, Prober> probers = new LinkedHashMap<>();
  private final HealthSource others;
  private final Supplier<StoreStatus> store;
  private volatile boolean closing;

  public Readiness(List<Prober> probers, HealthSource others, Supplier<StoreStatus> store) {
    probers.forEach(prober -> this.probers.put(prober.pipeline(), prober));
    this.others = others;
    this.store = store;
  }

  /**
   * Whether decisions of a pipeline may be asked for: once it was open it stays so until the end.
   */
  public boolean isOpen(String pipeline) {
    Prober prober = probers.get(pipeline);
    return !closing && prober != null && prober.isOpen();
  }

  /** The end has begun. */
  public void close() {
    closing = true;
  }

  /** Whether all is well now. */
  public boolean isReady() {
    return parts().stream().filter(Part::needed).allMatch(Part::healthy);
  }

  /** The whole as {@code /readyz} shows it. */
  public JsonObject json() {
    List<Part> parts = parts();
    JsonArray reasons = new JsonArray();
    JsonArray list = new JsonArray();
    boolean ready = true;
    for (Part part : parts) {
      ready &= part.healthy || !part.needed;
      if (!part.healthy) {
        reasons.add(part.name + ": " + part.detail);
      }
      list.add(
          new JsonObject()
              .put("name", part.name)
              .put("healthy", part.healthy)
              .put("detail", part.detail));
    }
    return new JsonObject().put("ready", ready).put("reasons", reasons).put("parts", list);
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    long now = System.nanoTime();
    probers.forEach((pipeline, prober) -> parts.add(way(pipeline, prober, now)));
    for (PartHealth each : others.parts()) {
      parts.add(new Part(each.name(), each.healthy(), true, each.detail()));
    }
    StoreStatus status = store.get();
    parts.add(
        new Part(
            "store",
            status.connected(),
            false,
            (status.connected() ? "" : status.reason() + "; ")
                + status.lag()
                + " decisions wait to be stored"));
    if (closing) {
      parts.add(new Part("server", false, true, "it is being stopped"));
    }
    return parts;
  }

  private static Part way(String pipeline, Prober prober, long now) {
    String fault = prober.fault(now);
    long millis = TimeUnit.NANOSECONDS.toMillis(prober.roundTripNanos());
    return new Part(
        "pipeline " + pipeline,
        fault.isEmpty(),
        true,
        fault.isEmpty() ? "the last probe came back in %d ms".formatted(millis) : fault);
  }

  private record Part(String name, boolean healthy, boolean needed, String detail) {}
}
