package io.vigia.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints as Flink itself writes them: real metadata that names a real state file. */
class CheckpointsTest {
  private static final String FIRST_JOB = "00000000000000000000000000000001";
  private static final String SECOND_JOB = "f0000000000000000000000000000002";

  @TempDir Path folder;

  @Test
  void newestFirst_noFolder_isEmpty() {
    assertEquals(List.of(), new Checkpoints(folder.resolve("none")).newestFirst().toList());
  }

  @Test
  void newestFirst_severalJobs_isByNumberWhateverTheClockSaid() throws IOException {
    Path ninth = checkpoint(SECOND_JOB, 9);
    Path tenth = checkpoint(FIRST_JOB, 10);
    Path eleventh = checkpoint(SECOND_JOB, 11);
    assertTrue(eleventh.resolve("_metadata").toFile().setLastModified(1_000_000));
    assertEquals(List.of(eleventh, tenth, ninth), sealed().newestFirst().toList());
  }

  @Test
  void newestFirst_truncatedState_isPassedOver() throws IOException {
    Path older = checkpoint(FIRST_JOB, 1);
    Path newer = checkpoint(FIRST_JOB, 2);
    Checkpoints checkpoints = sealed();
    truncate(newer.resolve("state"));
    assertEquals(List.of(older), checkpoints.newestFirst().toList());
  }

  @Test
  void newestFirst_truncatedStateWithoutSeal_isPassedOver() throws IOException {
    Path older = checkpoint(FIRST_JOB, 1);
    truncate(checkpoint(FIRST_JOB, 2).resolve("state"));
    assertEquals(List.of(older), new Checkpoints(folder).newestFirst().toList());
  }

  @Test
  void newestFirst_truncatedMetadata_isPassedOver() throws IOException {
    Path older = checkpoint(FIRST_JOB, 1);
    truncate(checkpoint(FIRST_JOB, 2).resolve("_metadata"));
    assertEquals(List.of(older), new Checkpoints(folder).newestFirst().toList());
  }

  @Test
  void newestFirst_flippedBit_isPassedOver() throws IOException {
    Path older = checkpoint(FIRST_JOB, 1);
    Path newer = checkpoint(FIRST_JOB, 2);
    Checkpoints checkpoints = sealed();
    try (RandomAccessFile file = new RandomAccessFile(newer.resolve("state").toFile(), "rw")) {
      file.seek(500);
      int found = file.read();
      file.seek(500);
      file.write(found ^ 4);
    }
    assertEquals(List.of(older), checkpoints.newestFirst().toList());
  }

  @Test
  void newestFirst_deletedFile_isPassedOver() throws IOException {
    Path older = checkpoint(FIRST_JOB, 1);
    Path newer = checkpoint(FIRST_JOB, 2);
    Checkpoints checkpoints = sealed();
    Files.delete(newer.resolve("state"));
    assertEquals(List.of(older), checkpoints.newestFirst().toList());
  }

  @Test
  void newestFirst_newerOneWithoutSeal_comesLast() throws IOException {
    Path first = checkpoint(FIRST_JOB, 1);
    Path second = checkpoint(FIRST_JOB, 2);
    Checkpoints checkpoints = sealed();
    Path third = checkpoint(FIRST_JOB, 3);
    assertEquals(List.of(second, first, third), checkpoints.newestFirst().toList());
  }

  @Test
  void seal_otherProcessesJob_isLeftUnsealed() throws IOException {
    Path old = checkpoint(FIRST_JOB, 5);
    Path own = checkpoint(SECOND_JOB, 4);
    Checkpoints checkpoints = new Checkpoints(folder);
    checkpoints.seal(Set.of(SECOND_JOB));
    assertEquals(List.of(own, old), checkpoints.newestFirst().toList());
  }

  @Test
  void prune_leftoversOfAKill_areRemovedAndCompleteOnesKept() throws IOException {
    Path complete = checkpoint(FIRST_JOB, 1);
    Checkpoints checkpoints = sealed();
    Path half = Files.createDirectories(folder.resolve(FIRST_JOB).resolve("chk-2"));
    Files.writeString(half.resolve("state"), "x");
    Path emptyJob = Files.createDirectories(folder.resolve(SECOND_JOB).resolve("shared"));
    Path other = Files.createDirectories(folder.resolve("other"));
    assertEquals(2, checkpoints.prune());
    assertFalse(Files.exists(half));
    assertFalse(Files.exists(emptyJob.getParent()));
    assertTrue(Files.exists(other));
    assertEquals(List.of(complete), checkpoints.newestFirst().toList());
    assertEquals(0, checkpoints.prune());
  }

  @Test
  void retire_enoughNewerOnes_removesThoseOfEarlierProcesses() throws IOException {
    Path old = checkpoint(FIRST_JOB, 1);
    Path second = checkpoint(SECOND_JOB, 2);
    Path third = checkpoint(SECOND_JOB, 3);
    Checkpoints checkpoints = new Checkpoints(folder);
    checkpoints.seal(Set.of(FIRST_JOB, SECOND_JOB));
    checkpoints.retire(3, Set.of(SECOND_JOB));
    assertTrue(Files.exists(old));
    Path fourth = checkpoint(SECOND_JOB, 4);
    checkpoints.seal(Set.of(SECOND_JOB));
    checkpoints.retire(3, Set.of(SECOND_JOB));
    assertFalse(Files.exists(old));
    assertEquals(List.of(fourth, third, second), checkpoints.newestFirst().toList());
    assertEquals(0, CheckpointSeal.prune(folder));
  }

  @Test
  void newestFirst_flippedBitOfASharedFile_passesOverAllThatHaveIt() throws IOException {
    Path older = checkpoint(FIRST_JOB, 1);
    Path shared = shared(FIRST_JOB, "aa");
    incremental(FIRST_JOB, 2, shared);
    incremental(FIRST_JOB, 3, shared);
    Checkpoints checkpoints = sealed();
    assertEquals(3, checkpoints.newestFirst().count());
    try (RandomAccessFile file = new RandomAccessFile(shared.toFile(), "rw")) {
      file.seek(500);
      int found = file.read();
      file.seek(500);
      file.write(found ^ 4);
    }
    assertEquals(List.of(older), checkpoints.newestFirst().toList());
  }

  @Test
  void newestFirst_deletedSharedFileWithoutSeal_isPassedOver() throws IOException {
    Path older = checkpoint(FIRST_JOB, 1);
    Path shared = shared(FIRST_JOB, "aa");
    incremental(FIRST_JOB, 2, shared);
    Files.delete(shared);
    assertEquals(List.of(older), new Checkpoints(folder).newestFirst().toList());
  }

  @Test
  void retire_lastCheckpointOfAJob_removesWhatTheyHadInCommon() throws IOException {
    Path shared = shared(FIRST_JOB, "aa");
    incremental(FIRST_JOB, 1, shared);
    checkpoint(SECOND_JOB, 2);
    Checkpoints checkpoints = sealed();
    checkpoints.retire(2, Set.of(SECOND_JOB));
    assertTrue(Files.exists(shared));
    checkpoints.retire(1, Set.of(SECOND_JOB));
    assertFalse(Files.exists(folder.resolve(FIRST_JOB)));
  }

  @Test
  void prune_sharedFilesWithoutACheckpoint_areRemoved() throws IOException {
    shared(FIRST_JOB, "aa");
    assertEquals(1, new Checkpoints(folder).prune());
    assertFalse(Files.exists(folder.resolve(FIRST_JOB)));
  }

  private Path shared(String job, String name) throws IOException {
    Path shared = Files.createDirectories(folder.resolve(job).resolve("shared"));
    return Files.write(shared.resolve(name), new byte[1000]);
  }

  /** One of which a file lies among those that its job's checkpoints share. */
  private Path incremental(String job, long number, Path shared) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve(job).resolve("chk-" + number));
    Path own = Files.write(checkpoint.resolve("own"), new byte[100]);
    return completed(
        checkpoint,
        number,
        new IncrementalRemoteKeyedStateHandle(
            new UUID(1, 2),
            KeyGroupRange.of(0, 127),
            number,
            List.of(HandleAndLocalPath.of(handle(shared), "aa.sst")),
            List.of(),
            handle(own)));
  }

  private static FileStateHandle handle(Path file) throws IOException {
    return new FileStateHandle(new org.apache.flink.core.fs.Path(file.toUri()), Files.size(file));
  }

  private Checkpoints sealed() {
    Checkpoints checkpoints = new Checkpoints(folder);
    checkpoints.seal(Set.of(FIRST_JOB, SECOND_JOB));
    return checkpoints;
  }

  private Path checkpoint(String job, long number) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve(job).resolve("chk-" + number));
    Path state = Files.write(checkpoint.resolve("state"), new byte[1000]);
    return completed(
        checkpoint,
        number,
        new KeyGroupsStateHandle(new KeyGroupRangeOffsets(KeyGroupRange.of(0, 0)), handle(state)));
  }

  private static Path completed(Path checkpoint, long number, KeyedStateHandle state)
      throws IOException {
    OperatorState operator = new OperatorState("count", "count", new OperatorID(1, 2), 1, 128);
    operator.putState(0, OperatorSubtaskState.builder().setManagedKeyedState(state).build());
    try (OutputStream out = Files.newOutputStream(checkpoint.resolve("_metadata"))) {
      org.apache.flink.runtime.checkpoint.Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(number, List.of(operator), List.of()), out);
    }
    return checkpoint;
  }

  private static void truncate(Path file) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(access.length() / 2);
    }
  }
}
