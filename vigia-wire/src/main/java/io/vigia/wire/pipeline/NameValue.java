package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A name that the author gives to something.
 *
 * <p><b>Units and bounds.</b> At most {@value #LONGEST} characters.
 */
record NameValue(String named, Form form, Set<String> reserved) implements ValueType {
  static final int LONGEST = 64;

  /** Of what characters a name is. */
  enum Form {
    /** What an expression can name. */
    IDENTIFIER("[a-z][a-z0-9_]*", "lower-case letters, digits and _, a letter first"),
    /** A pipeline, which is part of topic names and addresses. */
    HYPHENATED("[a-z][a-z0-9_-]*", "lower-case letters, digits, - and _, a letter first"),
    /** A field, whose name others have often chosen already. */
    FIELD("[A-Za-z_][A-Za-z0-9_]*", "letters, digits and _, no digit first");

    private final String pattern;
    private final Pattern compiled;
    private final String rule;

    Form(String pattern, String rule) {
      this.pattern = pattern;
      this.compiled = Pattern.compile(pattern);
      this.rule = rule;
    }
  }

  @Override
  public String noun() {
    return "the name of " + kind();
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    if (reserved.contains(text)) {
      return Optional.of(
          new Complaint(
              ProblemCode.RESERVED_NAME,
              Quote.of(text) + " is reserved and cannot name " + kind(),
              reservedHelp(text)));
    }
    if (text.length() > LONGEST) {
      return Optional.of(
          new Complaint(
              ProblemCode.BAD_NAME,
              "a name of " + text.length() + " characters, at most " + LONGEST + " are allowed",
              "shorten it"));
    }
    return form.compiled.matcher(text).matches()
        ? Optional.empty()
        : Optional.of(
            new Complaint(
                ProblemCode.BAD_NAME,
                Quote.of(text) + " cannot name " + kind() + ": expected " + form.rule,
                suggestion(text)));
  }

  /** The kind with its article. */
  private String kind() {
    return ("aeiou".indexOf(named.charAt(0)) < 0 ? "a " : "an ") + named;
  }

  private String reservedHelp(String text) {
    return form == Form.FIELD
        ? "name it " + text + "_ and say where it comes from: from: '" + text + "'"
        : "choose another name, such as " + text + "_1";
  }

  private String suggestion(String text) {
    String joined =
        text.strip()
            .replaceAll("([a-z0-9])([A-Z])", form == Form.FIELD ? "$1$2" : "$1_$2")
            .replaceAll(form == Form.HYPHENATED ? "[^A-Za-z0-9_-]+" : "[^A-Za-z0-9_]+", "_")
            .replaceAll("_+$", "");
    String meant = form == Form.FIELD ? joined : joined.toLowerCase(Locale.ROOT);
    boolean good = form.compiled.matcher(meant).matches() && !reserved.contains(meant);
    if (!good) {
      return "";
    }
    return form == Form.FIELD
        ? "name it " + meant + " and say where it comes from: from: '" + Quote.shown(text) + "'"
        : "write " + meant;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "string")
            .put("pattern", "^" + form.pattern + "$")
            .put("maxLength", LONGEST);
    if (!reserved.isEmpty()) {
      ObjectNode not = schema.putObject("not");
      new TreeSet<>(reserved).forEach(not.withArray("enum")::add);
    }
    return schema;
  }
}
