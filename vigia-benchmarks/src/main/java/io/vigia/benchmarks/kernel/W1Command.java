package io.vigia.benchmarks.kernel;

import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.Machine;
import io.vigia.benchmarks.payments.W1;
import io.vigia.core.event.Event;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench w1}: the kernel beside the same written by hand, and beside Siddhi. */
@Command(
    name = "w1",
    header = "Measures the kernel beside hand-written Java and Siddhi.",
    description = {
      "Judges half a year of payments on one thread, decoded event in, decision out: 12 features of"
          + " two entities, 2 patterns and 20 rules, by w1.yaml and by the same written in Java. Then the part"
          + " that Siddhi 5.1 can do, by both. Every run begins with an empty memory; runs alternate.",
      "",
      "A figure is void unless all decisions and all features are equal; then the exit code is 1."
    })
public final class W1Command implements Callable<Integer> {
  private static final int SHORT_EVENTS = 400_000;
  private static final int SHORT_REPETITIONS = 3;

  @Option(names = "--events", description = "9,600 a day of event time. Default: ${DEFAULT-VALUE}")
  int events = 1_750_000;

  @Option(names = "--repetitions", description = "Runs of each. Default: ${DEFAULT-VALUE}")
  int repetitions = 5;

  @Option(names = "--warmups", description = "Runs of each before. Default: ${DEFAULT-VALUE}")
  int warmups = 2;

  @Option(names = "--short", description = "Six weeks and three runs: a look, no figure.")
  boolean isShort;

  @Option(
      names = "--json",
      description =
          "Put the figures as one JSON object on the last line; text goes to standard error.")
  boolean json;

  @Override
  public Integer call() {
    if (isShort) {
      events = Math.min(events, SHORT_EVENTS);
      repetitions = Math.min(repetitions, SHORT_REPETITIONS);
      warmups = Math.min(warmups, 1);
    }
    PrintStream text = json ? System.err : System.out;
    Machine machine = Machine.here();
    text.println(machine.text());
    W1 workload = W1.load();
    Event[] payments = new Event[events];
    for (int n = 0; n < events; n++) {
      payments[n] = workload.event(n);
    }
    text.printf(
        Locale.ROOT,
        "%,d payments; %d runs of each after %d; median (least–greatest)%n",
        events,
        repetitions,
        warmups);

    Contender vigia = new Contender("vigia", () -> new VigiaJudge(workload.pipeline()));
    Contender byHand = new Contender("hand-coded", () -> new HandCodedJudge(workload.stream()));
    Contest whole = contest(vigia, byHand, payments, text);
    Contender siddhi = SiddhiJudge.contender(workload.stream());
    Contest shared = contest(SharedPart.contender(), siddhi, payments, text);

    boolean equal = equalFeatures && whole.outputsEqual() && shared.outputsEqual();
    if (json) {
      JsonObject result =
          new JsonObject()
              .put("ratio_to_hand_coded", rounded(whole.ratio()))
              .put("ratio_to_siddhi", rounded(shared.ratio()))
              .put("outputs_equal", equal)
              .put("events_per_second", Math.round(whole.eventsPerSecond()))
              .put("bytes_per_event", Math.round(whole.bytesPerEvent()))
              .put("whole", whole.json())
              .put("shared", shared.json())
              .put("patterns", workload.pipeline().definition().patterns().size())
              .put("events", events)
              .put("repetitions", repetitions)
              .put("warmups", warmups)
              .put("machine", machine.json());
      System.out.println(result.encode());
    }
    return equal ? 0 : 1;
  }

  private boolean equalFeatures = true;

  private Contest contest(Contender one, Contender other, Event[] payments, PrintStream text) {
    String difference = Comparison.firstDifference(one, other, payments);
    if (!difference.isEmpty()) {
      equalFeatures = false;
      text.println("VOID: " + difference);
    }
    Contest contest = new Contest(one, other);
    contest.run(payments, warmups, repetitions);
    contest.print(text);
    return contest;
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
