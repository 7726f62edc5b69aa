package io.vigia.testkit;

import io.vigia.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs an oracle test: random pipelines by seed, each over several random streams, every event of
 * which is compared with a naive recomputation.
 *
 * <p><b>Shape.</b> A case is one pipeline over one stream. Compiling a pipeline costs more than a
 * stream, so that several streams share one; a seed names a pipeline and all its streams. A failing
 * stream is shrunk: events are left out as long as it fails. The failure says the seed, the
 * pipeline and what is left of the stream.
 *
 * <pre>
 * features in order: 2500 cases (125 pipelines), seeds from 0, 61234 events compared, 4.1 s
 * </pre>
 *
 * <p>{@code -Dvigia.seed=17} runs the cases of that seed alone, {@code -Dvigia.cases=100000} so
 * many of each test.
 */
final class Oracle {
  private static final int SHRINKS_MAX = 3_000;

  private final String name;
  private final int streams;
  private long cases;
  private long pipelines;
  private long compared;

  private Oracle(String name, int streams) {
    this.name = name;
    this.streams = streams;
  }

  /** What one seed stands for. */
  interface Subject {
    /** The next stream. */
    List<Event> stream(Random random);

    /**
     * Compares at every event of a stream, which depends on nothing else; whatever it throws is a
     * failure. Returns how many events were compared.
     */
    int check(List<Event> events);

    /** How the pipeline reads. */
    String shown();
  }

  /**
   * Runs the cases.
   *
   * @param streams how many of each pipeline
   */
  static void run(String name, int cases, int streams, Function<Random, Subject> subjects) {
    Oracle oracle = new Oracle(name, streams);
    Integer only = Integer.getInteger("vigia.seed");
    int wanted = Integer.getInteger("vigia.cases", cases);
    int from = only == null ? 0 : only;
    int to = only == null ? (wanted + streams - 1) / streams : only + 1;
    long startedNanos = System.nanoTime();
    for (int seed = from; seed < to; seed++) {
      oracle.run(seed, subjects);
    }
    System.out.printf(
        "%s: %d cases (%d pipelines), seeds from %d, %d events compared, %.1f s%n",
        name,
        oracle.cases,
        oracle.pipelines,
        from,
        oracle.compared,
        (System.nanoTime() - startedNanos) / 1e9);
  }

  private void run(int seed, Function<Random, Subject> subjects) {
    Random random = new Random(seed);
    Subject subject = subjects.apply(random);
    pipelines++;
    for (int i = 0; i < streams; i++) {
      List<Event> events = subject.stream(random);
      Throwable failure = failure(subject, events);
      if (failure != null) {
        throw told(seed, subject, events, failure);
      }
      cases++;
    }
  }

  private @Nullable Throwable failure(Subject subject, List<Event> events) {
    try {
      compared += subject.check(events);
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }

  private AssertionError told(int seed, Subject subject, List<Event> events, Throwable first) {
    List<Event> least = shrunk(subject, events);
    Throwable failure = failure(subject, least);
    StringBuilder text = new StringBuilder(name);
    text.append(": run it alone with -Dvigia.seed=").append(seed).append("\n\n");
    text.append(subject.shown()).append('\n');
    text.append(least.size()).append(" of ").append(events.size()).append(" events\n");
    least.forEach(event -> text.append(Told.event(event)).append('\n'));
    text.append('\n').append(failure == null ? first : failure);
    return new AssertionError(text.toString(), failure == null ? first : failure);
  }

  /** Leaves out events, first many at once, as long as what is left fails. */
  private List<Event> shrunk(Subject subject, List<Event> events) {
    List<Event> least = events;
    int size = Math.max(1, events.size() / 2);
    int at = 0;
    boolean smaller = false;
    for (int tries = 0; tries < SHRINKS_MAX; tries++) {
      if (at >= least.size()) {
        if (size == 1 && !smaller) {
          return least;
        }
        size = Math.max(1, size / 2);
        at = 0;
        smaller = false;
      }
      List<Event> without = new ArrayList<>(least.subList(0, at));
      without.addAll(least.subList(Math.min(least.size(), at + size), least.size()));
      if (failure(subject, without) == null) {
        at += size;
      } else {
        least = without;
        smaller = true;
      }
    }
    return least;
  }

  /** How long a stream is: mostly short, so that there can be many, now and then a long one. */
  static int length(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> 40 + random.nextInt(160);
      case 1, 2, 3 -> 20 + random.nextInt(40);
      default -> 1 + random.nextInt(24);
    };
  }
}
