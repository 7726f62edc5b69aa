package io.vigia.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.testkit.EngineContract;
import io.vigia.wire.decision.DecisionJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline's operators in a real Flink, stopped by a checkpoint and restored from it. */
abstract class FlinkContract extends EngineContract {
  /** Each stop costs a job. */
  private static final int CASES = 6;

  /** How far time had come, which is the engine's own to say. */
  private static final Pattern PASSED = Pattern.compile(",\"passed\":\\{[^}]*}");

  @TempDir static Path folder;
  private static @Nullable ContractCluster cluster;

  /** Every random pipeline has a list, so that its decisions say when their events arrived. */
  private final DecisionJson json = new DecisionJson(true);

  abstract StateStorage state();

  /** How much of the states is held in memory where they lie on disk. */
  DiskStates.Limits limits() {
    return DiskStates.Limits.DEFAULT;
  }

  @BeforeAll
  static void start() throws Exception {
    cluster = ContractCluster.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  protected int cases() {
    return CASES;
  }

  @Override
  protected Map<String, String> decide(CompiledPipeline pipeline, List<List<Event>> runs)
      throws Exception {
    Map<String, String> decisions = new LinkedHashMap<>();
    String checkpoint = null;
    for (List<Event> run : runs) {
      ContractCluster.Stop stop =
          Objects.requireNonNull(cluster).run(pipeline, state(), limits(), run, checkpoint);
      for (OutputRecord record : stop.records()) {
        String id = ContractCluster.decidedEvent(record);
        if (id != null) {
          decisions.putIfAbsent(
              id, PASSED.matcher(new String(record.value(), UTF_8)).replaceFirst(""));
        }
      }
      checkpoint = stop.checkpoint();
    }
    return decisions;
  }

  @Override
  protected String shown(Decision decision) {
    return new String(json.encode(decision), UTF_8);
  }
}
