package io.vigia.benchmarks.kernel;

import io.vigia.benchmarks.payments.PipelineText;
import io.vigia.benchmarks.payments.W1;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.replay.Replay;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Vigia on the part of W1 that Siddhi can do, {@code shared.yaml}, and what is compared there: the
 * names of the rules that fired, live or shadow. The features are compared beside.
 */
final class SharedPart implements Judge {
  private static final String FILE = "shared.yaml";

  private final CompiledPipeline pipeline;
  private final Replay replay;
  private Replay.@Nullable Result last;

  private SharedPart(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
    this.replay = new Replay(pipeline, 1);
  }

  /** The contender. */
  static Contender contender() {
    CompiledPipeline pipeline = PipelineText.compile(FILE, PipelineText.beside(W1.class, FILE));
    return new Contender("vigia, shared", () -> new SharedPart(pipeline));
  }

  @Override
  public Object judge(Event event) {
    Replay.Result result = replay.process(event);
    last = result;
    return Objects.requireNonNull(result.decision());
  }

  @Override
  public Map<String, @Nullable Object> features() {
    return pipeline.features(Objects.requireNonNull(last).row());
  }

  @Override
  public String text(Object judgement) {
    Decision decision = (Decision) judgement;
    TreeSet<String> names = new TreeSet<>();
    for (List<Decision.Fired> fired : List.of(decision.rules(), decision.shadow())) {
      fired.forEach(each -> names.add(each.rule()));
    }
    return names.toString();
  }
}
