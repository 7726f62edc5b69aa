package io.vigia.wire.pipeline;

import io.vigia.core.problem.ProblemCode;
import io.vigia.wire.pipeline.YamlErrorTranslator.Translation;
import io.vigia.wire.pipeline.YamlNode.Entry;
import io.vigia.wire.pipeline.YamlTreeBuilder.Parsed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML into a tree and goes on behind syntax errors, so that all of a file's problems are
 * found in one reading.
 *
 * <p><b>Units and bounds.</b> A file is parsed at most {@value #READINGS_MAX} times, and {@value
 * #CHARACTERS_MAX} characters altogether.
 */
final class YamlReader {
  private static final int READINGS_MAX = 200;
  private static final long CHARACTERS_MAX = 3L << 20;

  /*
   * What the parser cannot read is reported, overwritten in place by letters of the same number, and
   * the file is parsed again: every position stays, and only what was overwritten is lost. An
   * expression without quotes is overwritten exactly. For any other error the smallest part around it
   * is tried first; while the same error stays, a larger one, up to the whole section.
   */
  private final FormReport report;
  private final Set<String> reportedMisuses = new HashSet<>();
  private SourceText source;
  private @Nullable Translation lastError;
  private int size;

  private YamlReader(FormReport report) {
    this.report = report;
    this.source = report.source();
  }

  /** The file's tree, or nothing when it is empty or no part of it could be read. */
  static Optional<YamlNode> read(FormReport report) {
    return new YamlReader(report).read();
  }

  private Optional<YamlNode> read() {
    int readings = (int) Math.min(READINGS_MAX, CHARACTERS_MAX / Math.max(1, source.length()));
    for (int reading = 0; reading < readings; reading++) {
      Parsed parsed = YamlTreeBuilder.parse(source);
      YamlSyntaxError error = parsed.error();
      if (error == null) {
        reportMisuses(parsed.misuses());
        Optional<YamlNode> root = Optional.ofNullable(parsed.root());
        root.ifPresent(this::checkKeys);
        return root;
      }
      if (!mend(error)) {
        break;
      }
    }
    return Optional.empty();
  }

  /** Reports an error, unless it is still the last one, and overwrites what caused it. */
  private boolean mend(YamlSyntaxError error) {
    Optional<UnquotedText> unquoted = new UnquotedTextFinder(source).at(error);
    if (unquoted.isPresent()) {
      report.add(unquoted.get());
      source = source.overwrite(unquoted.get().start(), unquoted.get().end());
      return true;
    }
    Translation translation = new YamlErrorTranslator(source).translate(error);
    if (lastError != null && lastError.at() == translation.at()) {
      size++;
    } else {
      report.add(translation.code(), translation.at(), translation.message(), translation.help());
      size = 0;
    }
    lastError = translation;
    Optional<SourceText> rest = DamagedPart.without(source, translation.cause(), size);
    rest.ifPresent(text -> source = text);
    return rest.isPresent();
  }

  private void reportMisuses(List<YamlMisuse> misuses) {
    for (YamlMisuse misuse : misuses) {
      // One on a line says it all.
      if (reportedMisuses.add(misuse.kind() + ":" + source.line(misuse.start()))) {
        reportMisuse(misuse);
      }
    }
  }

  private void reportMisuse(YamlMisuse misuse) {
    Optional<UnquotedText> unquoted = report.isFull() ? Optional.empty() : unquoted(misuse);
    if (unquoted.isPresent()) {
      report.add(unquoted.get());
    } else {
      YamlMisuse.Kind kind = misuse.kind();
      report.add(kind.code, misuse.start(), kind.message, kind.help);
    }
  }

  private Optional<UnquotedText> unquoted(YamlMisuse misuse) {
    UnquotedTextFinder finder = new UnquotedTextFinder(source);
    return switch (misuse.kind()) {
      case TAG, ANCHOR, ALIAS -> finder.around(misuse.start());
      case TEMPLATE -> finder.template(misuse.start());
      case MERGE, DIRECTIVE, SECOND_DOCUMENT, KEY_NOT_TEXT, TOO_DEEP, TOO_MANY -> Optional.empty();
    };
  }

  private void checkKeys(YamlNode node) {
    if (node instanceof YamlNode.Sequence sequence) {
      sequence.items().forEach(this::checkKeys);
    } else if (node instanceof YamlNode.Mapping mapping) {
      Map<String, YamlNode.Scalar> seen = new HashMap<>();
      for (Entry entry : mapping.entries()) {
        YamlNode.Scalar first = seen.putIfAbsent(entry.key().value(), entry.key());
        if (first != null) {
          reportTwice(first, entry.key());
        }
        checkKeys(entry.value());
      }
    }
  }

  private void reportTwice(YamlNode.Scalar first, YamlNode.Scalar second) {
    report.add(
        ProblemCode.YAML_DUPLICATE_KEY,
        second.start(),
        Quote.of(second.value())
            + " stands here a second time, first at line "
            + (source.line(first.start()) + 1)
            + ", column "
            + (source.column(first.start()) + 1),
        "keep one of the two");
  }
}
