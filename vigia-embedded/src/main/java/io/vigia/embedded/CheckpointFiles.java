package io.vigia.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.StreamStateHandle;

/**
 * The files of a complete checkpoint: those in its folder, and those in {@code <job id>/shared}
 * that an incremental checkpoint has in common with others of its job.
 */
final class CheckpointFiles {
  private CheckpointFiles() {}

  static Path metadata(Path checkpoint) {
    return checkpoint.resolve("_metadata");
  }

  /** Every file, own ones first, each once. */
  static List<Path> of(Path checkpoint) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(checkpoint)) {
      files = new ArrayList<>(listed.sorted().toList());
    }
    if (files.isEmpty()) {
      throw new NoSuchFileException(checkpoint.toString());
    }
    TreeSet<Path> shared = new TreeSet<>();
    for (StreamStateHandle handle : handles(checkpoint)) {
      file(handle).filter(path -> !path.startsWith(checkpoint)).ifPresent(shared::add);
    }
    files.addAll(shared);
    return files;
  }

  /** Throws when Flink cannot read the metadata, or a file has not the size that is named there. */
  static void checkSizes(Path checkpoint) throws IOException {
    for (StreamStateHandle handle : handles(checkpoint)) {
      Path file = file(handle).orElse(null);
      if (file != null && Files.size(file) != handle.getStateSize()) {
        throw new IOException(
            "%s has %d bytes instead of %d"
                .formatted(file, Files.size(file), handle.getStateSize()));
      }
    }
  }

  private static Optional<Path> file(StreamStateHandle handle) {
    return handle.maybeGetPath().map(path -> Path.of(path.getPath()));
  }

  private static List<StreamStateHandle> handles(Path checkpoint) throws IOException {
    List<StreamStateHandle> handles = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata(checkpoint)))) {
      for (OperatorState operator :
          Checkpoints.loadCheckpointMetadata(
                  in, CheckpointFiles.class.getClassLoader(), checkpoint.toString())
              .getOperatorStates()) {
        for (OperatorSubtaskState subtask : operator.getStates()) {
          subtask.getDiscardables().forEach(state -> add(state, handles));
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("the metadata cannot be read: " + Reasons.of(e), e);
    }
    return handles;
  }

  private static void add(StateObject state, List<StreamStateHandle> to) {
    if (state instanceof StreamStateHandle handle) {
      to.add(handle);
    } else if (state instanceof IncrementalRemoteKeyedStateHandle incremental) {
      incremental.streamSubHandles().forEach(to::add);
    }
  }
}
