package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retained checkpoints of one pipeline, of all the jobs that ever ran it in this data folder.
 *
 * <p><b>Shape.</b> Flink writes {@code <folder>/<job id>/chk-<n>/_metadata}, the number going on
 * over restarts; a seal beside them, see {@link CheckpointSeal}, tells whether the bytes are still
 * those that were written.
 *
 * <p><b>Errors.</b> A damaged checkpoint is passed over with a warning. A folder that cannot be
 * read is an {@link EnvironmentException}.
 */
public final class Checkpoints {
  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern CHECKPOINT = Pattern.compile("chk-[0-9]{1,18}");

  /** By number, not by time: the clock may have been set back between two of them. */
  private static final Comparator<Path> NEWEST_FIRST =
      Comparator.comparingLong(Checkpoints::number)
          .thenComparing(Checkpoints::modifiedMs)
          .reversed();

  private final Path folder;

  /** Seals of the files that the newest checkpoint shares with others. */
  private final Map<Path, String> shared = new HashMap<>();

  Checkpoints(Path folder) {
    this.folder = folder;
  }

  /**
   * What the job's {@code execution.checkpointing.dir} has to be. Not a {@link java.net.URI}: Flink
   * would take the {@code %20} of a space for a part of the name.
   */
  public String directory() {
    return "file://" + folder;
  }

  /** Where they lie. */
  public Path folder() {
    return folder;
  }

  /**
   * The checkpoints to restore from, the best first: sealed and unchanged ones, newest first, then
   * whole ones that were not sealed before the process ended.
   *
   * <p>Each is checked only when the stream reaches it. When a restore from the first fails
   * nevertheless, the next one is the one to try.
   */
  public Stream<Path> newestFirst() {
    List<Path> complete = complete();
    Stream<Path> sealed = complete.stream().filter(this::isSealed).filter(this::isUnchanged);
    Stream<Path> unsealed = complete.stream().filter(path -> !isSealed(path));
    return Stream.concat(sealed, unsealed).filter(Checkpoints::isWhole);
  }

  /**
   * Removes what an end without mercy left: checkpoints without metadata, job folders without any
   * checkpoint, seals of checkpoints that are gone. Never removes a complete checkpoint. To be
   * called while no job runs.
   *
   * @return how many were removed
   */
  int prune() {
    int removed = 0;
    for (Path job : children(folder, JOB)) {
      for (Path checkpoint : children(job, CHECKPOINT)) {
        if (!Files.exists(CheckpointFiles.metadata(checkpoint))) {
          Folders.delete(checkpoint);
          removed++;
        }
      }
      // Without a checkpoint nobody needs what they had in common.
      if (children(job, CHECKPOINT).isEmpty()) {
        Folders.delete(job);
        removed++;
      }
    }
    return removed + CheckpointSeal.prune(folder);
  }

  /**
   * Removes all of them, for a pipeline whose state no longer fits. To be called while no job runs.
   */
  public void discardAll() {
    Folders.delete(folder);
  }

  /** Seals what the given jobs, which run in this process, have completed since. */
  synchronized void seal(Set<String> jobs) {
    for (Path checkpoint : complete()) {
      if (jobs.contains(jobOf(checkpoint)) && !isSealed(checkpoint)) {
        try {
          CheckpointSeal.write(folder, checkpoint, shared);
        } catch (IOException e) {
          // Flink removed it meanwhile, or the disk is full: it counts as not sealed.
          log.debug("checkpoint {} is not sealed: {}", checkpoint, Reasons.of(e));
        }
      }
    }
  }

  /**
   * Removes complete checkpoints of earlier jobs once {@code keep} newer sealed ones exist, and
   * what those of a job had in common: a job that goes on from a checkpoint of another takes
   * nothing of it over, so that no newer one needs it.
   *
   * @param jobs the running jobs, whose checkpoints Flink itself removes
   */
  void retire(int keep, Set<String> jobs) {
    int sealed = 0;
    Set<Path> old = new HashSet<>();
    for (Path checkpoint : complete()) {
      if (sealed >= keep && !jobs.contains(jobOf(checkpoint))) {
        old.add(checkpoint);
      } else if (isSealed(checkpoint) && jobs.contains(jobOf(checkpoint))) {
        sealed++;
      }
    }
    old.forEach(Folders::delete);
    for (Path checkpoint : old) {
      Path job = folder.resolve(jobOf(checkpoint));
      if (children(job, CHECKPOINT).isEmpty()) {
        Folders.delete(job);
      }
    }
    CheckpointSeal.prune(folder);
  }

  /** Whether there is any complete checkpoint, damaged or not. */
  public boolean exist() {
    return !complete().isEmpty();
  }

  private List<Path> complete() {
    List<Path> complete = new ArrayList<>();
    for (Path job : children(folder, JOB)) {
      for (Path checkpoint : children(job, CHECKPOINT)) {
        if (Files.isReadable(CheckpointFiles.metadata(checkpoint))) {
          complete.add(checkpoint);
        }
      }
    }
    complete.sort(NEWEST_FIRST);
    return complete;
  }

  private boolean isSealed(Path checkpoint) {
    return CheckpointSeal.exists(folder, checkpoint);
  }

  private boolean isUnchanged(Path checkpoint) {
    try {
      CheckpointSeal.verify(folder, checkpoint);
      return true;
    } catch (IOException e) {
      log.warn("checkpoint {} is passed over: {}", checkpoint, Reasons.of(e));
      return false;
    }
  }

  /** Whether Flink can read the metadata and every file named there has the size named there. */
  private static boolean isWhole(Path checkpoint) {
    try {
      CheckpointFiles.checkSizes(checkpoint);
      return true;
    } catch (IOException e) {
      log.warn("checkpoint {} is passed over: {}", checkpoint, Reasons.of(e));
      return false;
    }
  }

  private static List<Path> children(Path parent, Pattern name) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(child -> name.matcher(child.getFileName().toString()).matches())
          .toList();
    } catch (IOException e) {
      throw new EnvironmentException(
          "the checkpoints in %s cannot be read: %s".formatted(parent, Reasons.of(e)),
          "make that folder readable, then start again",
          e);
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  private static long modifiedMs(Path checkpoint) {
    return CheckpointFiles.metadata(checkpoint).toFile().lastModified();
  }

  static String jobOf(Path checkpoint) {
    return checkpoint.getName(checkpoint.getNameCount() - 2).toString();
  }
}
