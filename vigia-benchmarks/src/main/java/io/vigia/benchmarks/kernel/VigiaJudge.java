package io.vigia.benchmarks.kernel;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.replay.Replay;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A compiled pipeline, and the states of its keys in a hash map for each stage. */
final class VigiaJudge implements Judge {
  private final CompiledPipeline pipeline;
  private final Replay replay;
  private Replay.@Nullable Result last;

  VigiaJudge(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
    this.replay = new Replay(pipeline, 1);
  }

  @Override
  public Object judge(Event event) {
    Replay.Result result = replay.process(event);
    last = result;
    Decision decision = result.decision();
    if (decision == null) {
      throw new IllegalStateException("payment " + event.id() + ": expected a decision");
    }
    return decision;
  }

  @Override
  public Map<String, @Nullable Object> features() {
    return pipeline.features(Objects.requireNonNull(last).row());
  }

  @Override
  public String text(Object judgement) {
    Decision decision = (Decision) judgement;
    return decision.event().id()
        + decision.outcome()
        + decision.score()
        + decision.rules()
        + decision.shadow()
        + decision.unknown()
        + new TreeMap<>(decision.features());
  }
}
