package io.vigia.cli.pipeline;

import io.vigia.cli.run.LoadedPipeline;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.PipelineReader;
import io.vigia.wire.pipeline.ProblemPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and compiles pipeline files, and shows what is wrong with them.
 *
 * <p><b>Errors.</b> Everything, a file that cannot be read included, is collected and printed once.
 */
public final class PipelineLoader {
  /** One byte more than the reader takes, so that it can say that a file is too large. */
  private static final int BYTES_MAX = (1 << 20) + 1;

  private final Problems problems = new Problems();
  private final Map<String, byte[]> contents = new HashMap<>();

  /** A pipeline file, compiled; empty when there are errors. */
  public Optional<LoadedPipeline> load(Path file) {
    return content(file)
        .flatMap(
            content ->
                PipelineReader.read(file.toString(), content, problems)
                    .flatMap(definition -> PipelineCompiler.compile(definition, problems))
                    .map(pipeline -> new LoadedPipeline(file, content, pipeline)));
  }

  private Optional<byte[]> content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(BYTES_MAX);
      contents.put(file.toString(), content);
      return Optional.of(content);
    } catch (IOException e) {
      if (Files.isDirectory(file)) {
        unreadable(file, "found a folder, expected a pipeline file", fileIn(file));
      } else if (Files.exists(file)) {
        unreadable(file, "the file cannot be read", "check who may read it");
      } else {
        unreadable(file, "there is no such file", neighbour(file));
      }
      return Optional.empty();
    }
  }

  private void unreadable(Path file, String message, String help) {
    problems.add(ProblemCode.FILE_UNREADABLE, Place.of(file.toString()), message, help);
  }

  private static String fileIn(Path folder) {
    List<String> names = pipelineFiles(folder);
    return names.isEmpty() ? "name the file" : "name the file: " + folder.resolve(names.get(0));
  }

  /** Says which file nearby was probably meant. */
  private static String neighbour(Path file) {
    Path name = file.getFileName();
    Path folder = file.toAbsolutePath().getParent();
    if (name == null || folder == null || !Files.isDirectory(folder)) {
      return "check the path";
    }
    return Nearest.of(name.toString(), pipelineFiles(folder))
        .map(near -> "did you mean '" + file.resolveSibling(near) + "'?")
        .orElse("check the path");
  }

  private static List<String> pipelineFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
          .sorted()
          .limit(100)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What was found in all files so far. */
  public Problems problems() {
    return problems;
  }

  /** Shows what was found, if anything. */
  public void print(Terminal terminal) {
    String text = ProblemPrinter.print(problems, this::source, terminal.errInk().on());
    if (!text.isEmpty()) {
      terminal.note(text);
    }
  }

  private @Nullable String source(String file) {
    byte[] content = contents.get(file);
    return content == null ? null : new String(content, StandardCharsets.UTF_8);
  }
}
