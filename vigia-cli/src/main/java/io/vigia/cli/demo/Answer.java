package io.vigia.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sender was answered about one payment.
 *
 * <p><b>Shape.</b> {@code reasons} runs beside {@code rules}; both are empty for a fallback.
 */
record Answer(String outcome, boolean fallback, List<String> rules, List<String> reasons) {
  static final String BLOCK = "block";
  static final String REVIEW = "review";

  Answer {
    rules = List.copyOf(rules);
    reasons = List.copyOf(reasons);
  }

  static Answer read(JsonNode json) {
    return new Answer(
        json.path("outcome").asText(),
        json.path("fallback").asBoolean(),
        texts(json.path("rules")),
        texts(json.path("reasons")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** Whether the payment does not go through: by a decision, not by a fallback. */
  boolean stops() {
    return !fallback && (outcome.equals(BLOCK) || outcome.equals(REVIEW));
  }

  String firstRule() {
    return rules.isEmpty() ? "" : rules.get(0);
  }

  /** The first reason there is, else the rule. */
  String why() {
    return reasons.stream().filter(reason -> !reason.isEmpty()).findFirst().orElse(firstRule());
  }
}
