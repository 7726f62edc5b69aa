package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.Nearest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a timestamp is written in incoming data: one of the words, or a {@link DateTimeFormatter}
 * pattern from which date and time can be told. A pattern without time means the start of the day.
 */
record TimePatternValue() implements ValueType {
  static final String ISO = "iso";
  private static final List<String> EPOCHS = List.of("epoch_s", "epoch_ms", "epoch_us");
  private static final List<String> WORDS = List.of(ISO, "epoch_s", "epoch_ms", "epoch_us");

  private static final int LONGEST = 100;

  /** No two of its parts are equal, so that a pattern which confuses them is found out. */
  private static final LocalDateTime SAMPLE = LocalDateTime.of(2011, 11, 23, 17, 46, 58);

  static boolean isEpoch(String pattern) {
    return EPOCHS.contains(pattern);
  }

  /** Whether times written like this say their offset themselves, or may. */
  static boolean hasOffset(String pattern) {
    return WORDS.contains(pattern)
        || letters(pattern).chars().anyMatch(c -> "XxZOVzv".indexOf(c) >= 0);
  }

  @Override
  public String noun() {
    return "a time format";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    if (WORDS.contains(text)) {
      return Optional.empty();
    }
    if (text.length() > LONGEST) {
      return bad(text, "a pattern has at most " + LONGEST + " characters");
    }
    if (text.matches("(?i)(?:unix|epoch|millis|seconds).*") && Nearest.of(text, WORDS).isEmpty()) {
      return bad(text, "write epoch_s, epoch_ms or epoch_us");
    }
    Optional<String> near = Nearest.of(text, WORDS);
    if (near.isPresent()) {
      return bad(text, "did you mean '" + near.get() + "'?");
    }
    try {
      return unread(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      return bad(
          text, "write iso, epoch_s, epoch_ms, epoch_us or a pattern such as yyyy-MM-dd HH:mm:ss");
    }
  }

  /** What a time written and read back by the pattern has lost. */
  private static Optional<Complaint> unread(String text) {
    DateTimeFormatter formatter =
        DateTimeFormatter.ofPattern(strictYears(text), Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    String written = formatter.format(ZonedDateTime.of(SAMPLE, ZoneId.of("UTC")));
    TemporalAccessor read = formatter.parse(written);
    String letters = letters(text);
    LocalDate date = read.query(TemporalQueries.localDate());
    if (date == null || !date.equals(SAMPLE.toLocalDate())) {
      return bad(text, dateHelp(letters));
    }
    boolean timeMeant = letters.chars().anyMatch(c -> "HhKkaBmsSAnN".indexOf(c) >= 0);
    if (timeMeant && read.query(TemporalQueries.localTime()) == null) {
      return bad(
          text,
          letters.contains("h")
              ? "use HH for the hour of the day, or add a for AM or PM"
              : "add the hour: HH");
    }
    return Optional.empty();
  }

  /** As the event decoder reads it: strictly, a {@code y} as {@code u}. */
  private static String strictYears(String pattern) {
    StringBuilder strict = new StringBuilder(pattern);
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      quoted ^= pattern.charAt(i) == '\'';
      if (pattern.charAt(i) == 'y' && !quoted) {
        strict.setCharAt(i, 'u');
      }
    }
    return strict.toString();
  }

  private static String dateHelp(String letters) {
    if (letters.contains("Y")) {
      return "use yyyy for the year; YYYY is the year that a week belongs to";
    }
    if (letters.contains("D")) {
      return "use dd for the day of the month; DD is the day of the year";
    }
    return "it must tell year, month and day: yyyy, MM (mm are minutes) and dd";
  }

  private static Optional<Complaint> bad(String text, String help) {
    return Optional.of(Complaint.badValue("expected a time format, found " + Quote.of(text), help));
  }

  /** A pattern without its quoted parts. */
  private static String letters(String pattern) {
    return pattern.replaceAll("'[^']*'", "");
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance.objectNode().put("type", "string").put("minLength", 1);
  }
}
