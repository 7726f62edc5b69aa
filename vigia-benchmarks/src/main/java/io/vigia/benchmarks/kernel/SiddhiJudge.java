package io.vigia.benchmarks.kernel;

import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;
import io.vigia.benchmarks.payments.PipelineText;
import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of W1 that Siddhi 5.1 can do. Its delayed windows follow the clock and not the events,
 * so nothing is delayed; it gives the features and which rules fired, no outcome, score or reason,
 * and recognises no repeated ids.
 *
 * <p><b>Shape.</b> The fastest form found: one window by event time for each length and entity,
 * aggregates grouped by key, one query feeding the next, all in the calling thread; the rules are
 * one projection at the end. Amounts are whole cents, so that its sums are exact.
 */
final class SiddhiJudge implements Judge {
  private static final String FILE = "shared.siddhi";

  private final SiddhiManager manager = new SiddhiManager();
  private final SiddhiAppRuntime runtime;
  private final InputHandler input;
  private final int[] fields;
  private final String[] names;
  private Object @Nullable [] last;

  SiddhiJudge(StreamSchema stream, String app) {
    runtime = manager.createSiddhiAppRuntime(app);
    input = runtime.getInputHandler("Payments");
    fields =
        new int[] {
          stream.position("card"),
          stream.position("merchant"),
          stream.position("amount"),
          stream.position("country"),
          stream.position("channel"),
          stream.position("fraud")
        };
    names =
        Objects.requireNonNull(runtime.getStreamDefinitionMap().get("Judged"))
            .getAttributeNameArray();
    runtime.addCallback(
        "Judged",
        new StreamCallback() {
          @Override
          public void receive(io.siddhi.core.event.Event[] events) {
            last = events[events.length - 1].getData();
          }
        });
    runtime.start();
  }

  /** The contender, for events of a stream. */
  static Contender contender(StreamSchema stream) {
    String app = new String(PipelineText.beside(SiddhiJudge.class, FILE), StandardCharsets.UTF_8);
    return new Contender("siddhi", () -> new SiddhiJudge(stream, app));
  }

  @Override
  public Object judge(Event event) {
    last = null;
    Slots values = event.values();
    BigDecimal amount = (BigDecimal) Objects.requireNonNull(values.object(fields[2]));
    Object[] payment = {
      values.object(fields[0]),
      values.object(fields[1]),
      Math.round(amount.doubleValue() * 100),
      values.object(fields[3]),
      values.object(fields[4]),
      values.number(fields[5]),
      event.timeMs()
    };
    try {
      input.send(event.timeMs(), payment);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return Objects.requireNonNull(last, "Siddhi gave nothing");
  }

  @Override
  public Map<String, @Nullable Object> features() {
    Object[] values = Objects.requireNonNull(last);
    Map<String, @Nullable Object> features = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] instanceof Boolean)) {
        boolean cents = names[i].startsWith("card_mean");
        features.put(names[i], cents ? (Object) ((Double) values[i] / 100) : values[i]);
      }
    }
    return features;
  }

  @Override
  public String text(Object judgement) {
    Object[] values = (Object[]) judgement;
    TreeSet<String> fired = new TreeSet<>();
    for (int i = 0; i < values.length; i++) {
      if (Boolean.TRUE.equals(values[i])) {
        fired.add(names[i]);
      }
    }
    return fired.toString();
  }

  @Override
  public void close() {
    runtime.shutdown();
    manager.shutdown();
  }
}
