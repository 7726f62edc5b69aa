package io.vigia.benchmarks.conformance;

import io.vigia.benchmarks.conformance.TextProto.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of CEL's tests, as {@code cel.expr.conformance.test.SimpleTest} describes it.
 *
 * @param name file, section and test
 * @param file the file's own name, such as {@code basic}
 * @param types the declared type of each variable, where it is declared
 * @param bindings each variable's value
 * @param value the expected value; null when an error is expected
 */
record ConformanceCase(
    String name,
    String file,
    String expression,
    Message test,
    Map<String, Message> types,
    Map<String, Message> bindings,
    @Nullable Message value) {

  private static final Message TRUE = TextProto.parse("bool_value: true");

  /** The tests of a file. */
  static List<ConformanceCase> read(String text) {
    Message file = TextProto.parse(text);
    List<ConformanceCase> cases = new ArrayList<>();
    for (Message section : file.messages("section")) {
      for (Message test : section.messages("test")) {
        String name = String.join("/", file.text("name"), section.text("name"), test.text("name"));
        cases.add(
            new ConformanceCase(
                name,
                file.text("name"),
                test.text("expr"),
                test,
                types(test),
                bindings(test),
                expected(test)));
      }
    }
    return cases;
  }

  private static Map<String, Message> types(Message test) {
    Map<String, Message> types = new LinkedHashMap<>();
    for (Message declared : test.messages("type_env")) {
      Message ident = declared.message("ident");
      types.put(declared.text("name"), ident == null ? declared : orEmpty(ident.message("type")));
    }
    return types;
  }

  private static Map<String, Message> bindings(Message test) {
    Map<String, Message> bindings = new LinkedHashMap<>();
    for (Message binding : test.messages("bindings")) {
      Message outer = orEmpty(binding.message("value"));
      bindings.put(binding.text("key"), orEmpty(outer.message("value")));
    }
    return bindings;
  }

  /** Without a word about it, true is expected. */
  private static @Nullable Message expected(Message test) {
    if (test.fields().containsKey("eval_error") || test.fields().containsKey("any_eval_errors")) {
      return null;
    }
    Message typed = test.message("typed_result");
    Message value = typed == null ? test.message("value") : typed.message("result");
    return value == null ? TRUE : value;
  }

  private static Message orEmpty(@Nullable Message message) {
    return message == null ? new Message(Map.of()) : message;
  }

  /** What kind of value a message holds: {@code int64_value} and so on. */
  static String kindOf(Message value) {
    return value.fields().isEmpty() ? "" : value.fields().keySet().iterator().next();
  }
}
