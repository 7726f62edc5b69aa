package io.vigia.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen about the embedded PostgreSQL.
 *
 * @param port where clients connect on the loopback interface; 0 picks a free one
 * @param binaries where its programs are unpacked, shared between data folders; null for the data
 *     folder itself
 */
public record PostgresSettings(int port, @Nullable Path binaries) {
  /** A free port, programs in the data folder. */
  public static final PostgresSettings DEFAULT = new PostgresSettings(0, null);

  public PostgresSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
    }
  }
}
