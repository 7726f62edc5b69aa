package io.vigia.embedded;

import java.util.Iterator;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * How a Flink job stands at one moment.
 *
 * <p>Flink calls a job RUNNING before its tasks run and while they fail and restart again and
 * again, so the truth lies in the tasks, the restarts and the checkpoints.
 *
 * @param name the job's name
 * @param status what Flink says of the job as a whole
 * @param tasks how many parallel tasks the job has
 * @param tasksRunning how many of them run
 * @param restarts how often the most restarted task began anew since the job was submitted
 * @param checkpointsCompleted checkpoints taken since the job was submitted
 * @param checkpointsFailed checkpoints that failed since the job was submitted
 * @param lastFailure the last failure's cause in one line, or null
 */
public record JobHealth(
    String name,
    JobStatus status,
    int tasks,
    int tasksRunning,
    int restarts,
    long checkpointsCompleted,
    long checkpointsFailed,
    @Nullable String lastFailure) {

  static JobHealth of(ExecutionGraphInfo info) {
    ArchivedExecutionGraph graph = info.getArchivedExecutionGraph();
    int tasks = 0;
    int running = 0;
    int restarts = 0;
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      tasks++;
      if (task.getExecutionState() == ExecutionState.RUNNING) {
        running++;
      }
      restarts = Math.max(restarts, task.getCurrentExecutionAttempt().getAttemptNumber());
    }
    CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
    @Nullable CheckpointStatsCounts counts = checkpoints == null ? null : checkpoints.getCounts();
    return new JobHealth(
        graph.getJobName(),
        graph.getState(),
        tasks,
        running,
        restarts,
        counts == null ? 0 : counts.getNumberOfCompletedCheckpoints(),
        counts == null ? 0 : counts.getNumberOfFailedCheckpoints(),
        lastFailure(info).orElse(null));
  }

  /** Whether every task runs. */
  public boolean isRunning() {
    return status == JobStatus.RUNNING && tasks > 0 && tasksRunning == tasks;
  }

  /** The whole in one line, for a message. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    text.append("%d of %d tasks run, %d restarts".formatted(tasksRunning, tasks, restarts));
    if (lastFailure != null) {
      text.append(", last failure: ").append(lastFailure);
    }
    return text.toString();
  }

  private static Optional<String> lastFailure(ExecutionGraphInfo info) {
    @Nullable Throwable last = null;
    Iterator<RootExceptionHistoryEntry> history = info.getExceptionHistory().iterator();
    while (history.hasNext()) {
      last = history.next().getException();
    }
    if (last == null && info.getArchivedExecutionGraph().getFailureInfo() != null) {
      last = info.getArchivedExecutionGraph().getFailureInfo().getException();
    }
    return Optional.ofNullable(last).map(Reasons::of);
  }
}
