package io.vigia.embedded;

import java.nio.file.Path;

/** Keeps what the compression libraries unpack and load away from a /tmp that may be noexec. */
final class NativeLibraries {
  private NativeLibraries() {}

  /** Has snappy and zstd unpack in {@code folder}, unless the user chose a place. */
  static void unpackIn(Path folder) {
    for (String property : new String[] {"org.xerial.snappy.tempdir", "ZstdTempFolder"}) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, folder.toString());
      }
    }
  }
}
