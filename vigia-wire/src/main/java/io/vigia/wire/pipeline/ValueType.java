package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a text must be to stand at a place: a duration, a name, a number. */
sealed interface ValueType
    permits ValueType.Choice,
        ValueType.Whole,
        ValueType.Prose,
        ValueType.Condition,
        DaysValue,
        DurationValue,
        FieldTypeValue,
        MomentValue,
        NameValue,
        TimeOfDayValue,
        PercentValue,
        TimePatternValue,
        TimesValue,
        TopicValue,
        ZoneValue {
  /** What it is, with its article. */
  String noun();

  /** What is wrong with a text that is not empty, if anything. */
  Optional<Complaint> complaint(String text);

  /** The JSON Schema of such a value, without description. */
  ObjectNode schema();

  /** Whether authors write sentences or expressions here, which need quotes. */
  default boolean isProse() {
    return false;
  }

  /** Whether it is an expression. */
  default boolean isCondition() {
    return false;
  }

  private static ObjectNode typed(String... types) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    if (types.length == 1) {
      return schema.put("type", types[0]);
    }
    for (String type : types) {
      schema.withArray("type").add(type);
    }
    return schema;
  }

  private static Optional<Complaint> tooLong(String noun, String text, int longest) {
    int length = text.codePointCount(0, text.length());
    return length <= longest
        ? Optional.empty()
        : Optional.of(
            new Complaint(
                ProblemCode.OVER_LIMIT,
                noun + " of " + length + " characters, at most " + longest + " are allowed",
                "shorten it"));
  }

  /** One of a few words. */
  record Choice(String noun, List<String> words, String help) implements ValueType {
    static Choice of(String noun, String... words) {
      return new Choice(noun, List.of(words), "");
    }

    static Choice flag() {
      return of("true or false", "true", "false");
    }

    @Override
    public Optional<Complaint> complaint(String text) {
      if (words.contains(text)) {
        return Optional.empty();
      }
      String next =
          help.isEmpty()
              ? Nearest.of(meant(text), words).map(word -> "write " + word).orElse("")
              : help;
      return Optional.of(
          Complaint.badValue("expected " + noun + ", found " + Quote.of(text), next));
    }

    /** What other YAML readers take for true or false. */
    private static String meant(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "yes", "on", "1", "y" -> "true";
        case "no", "off", "0", "n" -> "false";
        default -> text;
      };
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      for (String word : words) {
        if (word.equals("true") || word.equals("false")) {
          schema.withArray("enum").add(word.equals("true"));
        } else if (word.chars().allMatch(Character::isDigit)) {
          schema.withArray("enum").add(Integer.parseInt(word));
        } else {
          schema.withArray("enum").add(word);
        }
      }
      return schema;
    }
  }

  /** A whole number from {@code least} to {@code most}. */
  record Whole(long least, long most) implements ValueType {
    @Override
    public String noun() {
      return "a whole number";
    }

    @Override
    public Optional<Complaint> complaint(String text) {
      if (!text.matches("[-+]?[0-9]+")) {
        return Optional.of(
            Complaint.badValue(
                "expected a whole number, found " + Quote.of(text),
                "write digits alone, such as 60"));
      }
      if (text.length() > 18 || number(text) < least || number(text) > most) {
        return Optional.of(
            new Complaint(
                ProblemCode.OVER_LIMIT,
                "expected a number from " + least + " to " + most + ", found " + Quote.of(text),
                ""));
      }
      return Optional.empty();
    }

    /** The number that a checked text means. */
    static long number(String text) {
      return Long.parseLong(text);
    }

    @Override
    public ObjectNode schema() {
      return typed("integer").put("minimum", least).put("maximum", most);
    }
  }

  /** Text for people, a reference to a name, a value of some later known type. */
  record Prose(String noun, int longest, boolean isProse) implements ValueType {
    /** Any text that is not too long. */
    static final Prose ANYTHING = new Prose("a text", 32_768, false);

    /** The name of something declared elsewhere; whether it is, the compiler checks. */
    static Prose reference(String noun) {
      return new Prose(noun, 256, false);
    }

    static Prose sentence(String noun) {
      return new Prose(noun, 4096, true);
    }

    @Override
    public Optional<Complaint> complaint(String text) {
      return tooLong("a text", text, longest);
    }

    @Override
    public ObjectNode schema() {
      return equals(ANYTHING) ? typed("string", "number", "boolean") : typed("string");
    }
  }

  /** A condition in CEL; the compiler checks what it says. */
  record Condition() implements ValueType {
    private static final int LONGEST = 16_384;

    @Override
    public String noun() {
      return "a condition";
    }

    @Override
    public boolean isProse() {
      return true;
    }

    @Override
    public boolean isCondition() {
      return true;
    }

    @Override
    public Optional<Complaint> complaint(String text) {
      return tooLong("a condition", text, LONGEST);
    }

    @Override
    public ObjectNode schema() {
      return typed("string", "boolean");
    }
  }
}
