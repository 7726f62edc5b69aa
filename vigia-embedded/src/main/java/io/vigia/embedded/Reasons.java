package io.vigia.embedded;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in one line why something failed. */
final class Reasons {
  private static final int LENGTH_MAX = 300;

  private Reasons() {}

  /** The innermost cause in words, of one line. */
  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return line(words(cause));
  }

  /** Any text as one line of bounded length. */
  static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX) + " …";
  }

  private static String words(Throwable cause) {
    if (cause instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    String kind = cause.getClass().getSimpleName();
    if (cause instanceof FileSystemException failed) {
      return failed.getFile() + ": " + (failed.getReason() == null ? kind : failed.getReason());
    }
    return cause.getMessage() == null ? kind : cause.getMessage();
  }
}
