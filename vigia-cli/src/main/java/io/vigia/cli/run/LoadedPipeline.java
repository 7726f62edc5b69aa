package io.vigia.cli.run;

import io.vigia.core.pipeline.CompiledPipeline;
import java.nio.file.Path;

/**
 * A pipeline that has been read and compiled.
 *
 * @param file where it came from
 * @param content the bytes of the file, which are kept as the version's record
 */
public record LoadedPipeline(Path file, byte[] content, CompiledPipeline pipeline) {
  public LoadedPipeline {
    content = content.clone();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }
}
