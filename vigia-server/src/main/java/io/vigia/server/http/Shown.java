package io.vigia.server.http;

import org.jspecify.annotations.Nullable;

/** Texts of a request made fit to be shown in an answer or a log: short and printable. */
public final class Shown {
  private static final int LENGTH_MAX = 80;

  private Shown() {}

  /** The text, shortened, with everything unprintable replaced. */
  public static String text(@Nullable String text) {
    if (text == null) {
      return "";
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < LENGTH_MAX; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return text.length() > LENGTH_MAX ? shown.append('…').toString() : shown.toString();
  }
}
