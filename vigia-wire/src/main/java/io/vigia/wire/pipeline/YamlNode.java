package io.vigia.wire.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file as a tree in which every scalar is still text and everything knows where it stands.
 *
 * <p><b>Units and bounds.</b> {@code start} and {@code end} are indices into the {@link
 * SourceText}, the end left out.
 */
sealed interface YamlNode {
  int start();

  int end();

  /** Text; {@code value} is what YAML makes of it, without quotes and folded. */
  record Scalar(String value, Style style, int start, int end) implements YamlNode {
    /** The value, without the line breaks that end a text of several lines. */
    String text() {
      return style.isBlock() ? value.stripTrailing() : value;
    }

    /** Whether nothing stands there at all, as behind {@code key:}. */
    boolean isAbsent() {
      return style == Style.PLAIN && value.isEmpty();
    }

    /** Whether it is one of YAML's words for no value. */
    boolean isNull() {
      return style == Style.PLAIN && (value.isEmpty() || value.equals("null") || value.equals("~"));
    }
  }

  /** How a text was written. */
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED;

    boolean isBlock() {
      return this == LITERAL || this == FOLDED;
    }

    boolean isQuoted() {
      return this == SINGLE_QUOTED || this == DOUBLE_QUOTED;
    }
  }

  /** Keys and values; not {@code complete} when a syntax error may hide some of them. */
  record Mapping(List<Entry> entries, boolean flow, boolean complete, int start, int end)
      implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value of a key, the first if it stands there twice. */
    @Nullable YamlNode find(String key) {
      Entry entry = entry(key);
      return entry == null ? null : entry.value();
    }

    /** The text behind a key, or null when there is none. */
    @Nullable String text(String key) {
      return find(key) instanceof Scalar scalar ? scalar.text() : null;
    }

    @Nullable Entry entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().value().equals(key)) {
          return entry;
        }
      }
      return null;
    }
  }

  /** One key and its value. */
  record Entry(Scalar key, YamlNode value) {
    /** Whether not even a colon follows the key, as {@code b} in <code>{a: 1, b}</code>. */
    boolean isBare() {
      return value instanceof Scalar scalar && scalar.isAbsent() && scalar.start() <= key.end();
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, boolean flow, boolean complete, int start, int end)
      implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * Something that was already reported and says nothing any more; {@code damaged} when it may hide
   * what belongs beside it.
   */
  record Broken(boolean damaged, int start, int end) implements YamlNode {}
}
