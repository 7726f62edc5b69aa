package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The password of the embedded PostgreSQL's user, so that not every user of the machine can
 * connect: random, in a file that only its owner reads.
 */
final class PostgresPassword {
  private static final int RANDOM_BYTES = 24;

  private PostgresPassword() {}

  static Path file(Path folder) {
    return folder.resolve("password");
  }

  /** The password kept in {@code folder}; a new one for a new database. */
  static String in(Path folder, boolean isNew) throws IOException {
    Path file = file(folder);
    if (isNew) {
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          Base64.getUrlEncoder().withoutPadding().encodeToString(random),
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
    } else if (!Files.exists(file)) {
      throw new EnvironmentException(
          "the password of PostgreSQL is missing: " + file,
          "restore that file, or move %s away to begin with an empty store".formatted(folder));
    }
    return Files.readString(file).strip();
  }
}
