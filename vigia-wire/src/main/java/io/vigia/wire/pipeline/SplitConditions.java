package io.vigia.wire.pipeline;

import io.vigia.wire.pipeline.UnquotedText.Misread;
import io.vigia.wire.pipeline.YamlNode.Entry;
import io.vigia.wire.pipeline.YamlNode.Mapping;
import io.vigia.wire.pipeline.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds conditions and texts that lack their quotes and that YAML took without a word.
 *
 * <p><b>Shape.</b> <code>{when: f(a, b) > 3}</code> is read as two keys, {@code when: f(a} and
 * {@code b) > 3}; {@code when: x == "a #1"} as {@code x == "a}; {@code when: >3} as an empty text.
 */
final class SplitConditions {
  /** How far behind its beginning a text is searched for its end. */
  private static final int LONGEST = 4096;

  private final FormReport report;
  private final SourceText source;

  SplitConditions(FormReport report) {
    this.report = report;
    this.source = report.source();
  }

  /**
   * The entries of a mapping without those that are, or belong to, such a text; these are reported.
   */
  List<Entry> without(Mapping mapping, Shape.Words shape) {
    List<Entry> sound = new ArrayList<>();
    List<Entry> entries = mapping.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Shape.Scalar prose = prose(entry, shape);
      int next = prose == null ? i : lastMisread(mapping, shape, i, prose.type().isCondition());
      if (next < 0 || prose == null) {
        sound.add(entry);
      } else {
        i = next;
      }
    }
    return sound;
  }

  private Shape.@Nullable Scalar prose(Entry entry, Shape.Words shape) {
    Word word = shape.word(entry.key().value());
    return word != null && word.shape() instanceof Shape.Scalar scalar && scalar.type().isProse()
        ? scalar
        : null;
  }

  /**
   * Reports what is wrong with entry {@code i}; the last entry that belongs to it, or -1 if sound.
   */
  private int lastMisread(Mapping mapping, Shape.Words shape, int i, boolean condition) {
    Entry entry = mapping.entries().get(i);
    if (!(entry.value() instanceof Scalar value) || value.style().isQuoted()) {
      return -1;
    }
    Misread misread = misread(value, condition);
    if (misread != null) {
      report(entry, condition, misread, value.start(), source.lineEnd(source.line(value.start())));
      return i;
    }
    int last = mapping.flow() ? endOfSplit(mapping, shape, i, condition) : i;
    if (last == i) {
      return -1;
    }
    Entry end = mapping.entries().get(last);
    int endAt = end.isBare() ? end.key().end() : end.value().end();
    report(entry, condition, Misread.COMMA, value.start(), endAt);
    return last;
  }

  private @Nullable Misread misread(Scalar value, boolean condition) {
    if (value.style().isBlock()) {
      return value.value().isEmpty() ? Misread.BLOCK : null;
    }
    int lineEnd = source.lineEnd(source.line(value.end()));
    int comment = source.skipBlanks(value.end(), lineEnd);
    if (value.isAbsent() || comment == value.end() || source.at(comment) != '#') {
      return null;
    }
    String text = source.slice(value.start(), lineEnd);
    int at = source.slice(value.start(), value.end()).length();
    return UnquotedTextFinder.isCut(text, at, condition) ? Misread.COMMENT : null;
  }

  /** The last of the entries into which commas have cut the value of entry {@code i}. */
  private int endOfSplit(Mapping mapping, Shape.Words shape, int i, boolean condition) {
    List<Entry> entries = mapping.entries();
    YamlNode value = entries.get(i).value();
    int last = i;
    while (!((Scalar) value).isAbsent() && last + 1 < entries.size()) {
      Entry entry = entries.get(last + 1);
      if (entry.key().start() - value.start() > LONGEST) {
        break;
      }
      String before = source.slice(value.start(), entry.key().start());
      boolean open = condition && ExpressionScan.of(before, true).isOpen();
      boolean stray = entry.isBare() && shape.word(entry.key().value()) == null;
      if (!open && !stray) {
        break;
      }
      last++;
    }
    return last;
  }

  private void report(Entry entry, boolean condition, Misread misread, int start, int end) {
    int trimmed = source.trimEnd(start, end);
    report.add(
        new UnquotedText(
            entry.key().value(), condition, misread, source.slice(start, trimmed), start, trimmed));
  }

  /** Reports a condition or text that was read as <code>[…]</code> or <code>{…}</code>. */
  void reportBracketed(YamlNode node, String word, boolean condition) {
    Misread misread = node instanceof Mapping ? Misread.MAPPING : Misread.LIST;
    String written = source.slice(node.start(), node.end());
    report.add(new UnquotedText(word, condition, misread, written, node.start(), node.end()));
  }
}
