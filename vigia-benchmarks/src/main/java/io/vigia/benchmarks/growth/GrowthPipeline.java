package io.vigia.benchmarks.growth;

import io.vigia.benchmarks.payments.PipelineText;
import io.vigia.core.pipeline.CompiledPipeline;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The pipelines that grow. Ids are remembered for a millisecond only, and no event is late, so that
 * what is measured is the windows and the rules.
 */
final class GrowthPipeline {
  private static final String STREAM =
      """
      vigia: 1
      pipeline: growth
      streams:
        payments:
          id: id
          time: at
          key: card
          dedupe: 1ms
          out_of_order: 0s
          fields:
            id: string
            at: timestamp
            card: string
            merchant: string
            amount: decimal
            country: string
            channel: string
      """;

  /** Fires for a few events in a hundred; the factor is one that no amount meets exactly. */
  private static final String ONE_RULE =
      """
      rules:
        - id: unlike
          on: payments
          when: 'card_count > 1 && event.amount > card_mean * 1.9001'
          outcome: review
          score: 10
      """;

  /** Cards have 1.92 other payments in a day, so that 85 of 100 are not the day's first. */
  private static final double BUSY = 0.85;

  private GrowthPipeline() {}

  /** Two features of a card over one window, and one rule. */
  static CompiledPipeline window(String over) {
    return compile(
        STREAM
            + "features:\n"
            + "  card_count: {on: payments, by: card, count: true, over: %s}%n".formatted(over)
            + "  card_mean: {on: payments, by: card, mean: amount, over: %s}%n".formatted(over)
            + ONE_RULE);
  }

  /** The same features of an entity that is not the stream's key, so that no ids are kept. */
  static CompiledPipeline merchants() {
    return compile(
        STREAM
            + """
            features:
              merchant_count: {on: payments, by: merchant, count: true, over: 30d}
              merchant_mean: {on: payments, by: merchant, mean: amount, over: 30d}
            """);
  }

  /**
   * Two features of a card and a mixture of rules: a feature's threshold, equality of a field, a
   * range, a list.
   *
   * @param share the share of events that each rule fires for
   */
  static CompiledPipeline rules(int count, double share) {
    String lists =
        IntStream.range(0, count)
            .filter(i -> i % 4 == 3)
            .mapToObj(i -> "  l%d: {of: string, values: [%s]}%n".formatted(i, merchantsOf(i)))
            .collect(Collectors.joining());
    String rules =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    """
                      - id: r%d
                        on: payments
                        when: '%s'
                        outcome: review
                        score: 1
                    """
                        .formatted(i, condition(i, share)))
            .collect(Collectors.joining());
    return compile(
        STREAM
            + """
            features:
              card_count_1d: {on: payments, by: card, count: true, over: 1d}
              card_mean_30d: {on: payments, by: card, mean: amount, over: 30d}
            """
            + (lists.isEmpty() ? "" : "lists:\n" + lists)
            + "rules:\n"
            + rules);
  }

  private static String condition(int i, double share) {
    return switch (i % 4) {
      case 0 ->
          "event.channel == \"%s\" && card_count_1d > 1 && event.amount > %s"
              .formatted(GrowthEvents.channel(i), above(share * GrowthEvents.CHANNELS / BUSY));
      case 1 ->
          share * GrowthEvents.MERCHANTS <= 1
              ? "event.merchant == \"%s\" && event.amount > %s"
                  .formatted(GrowthEvents.merchant(i), above(share * GrowthEvents.MERCHANTS))
              : "event.country == \"%s\" && event.amount > %s"
                  .formatted(GrowthEvents.country(i), above(share * GrowthEvents.COUNTRIES));
      case 2 -> {
        double from = i * 0.77 % (GrowthEvents.AMOUNT_MAX - 10);
        yield "event.amount >= %s && event.amount < %s"
            .formatted(number(from), number(from + share * GrowthEvents.AMOUNT_MAX));
      }
      default ->
          "event.merchant in lists.l%d && event.amount > %s"
              .formatted(i, above(share * GrowthEvents.MERCHANTS / LISTED));
    };
  }

  private static final int LISTED = 100;

  private static String merchantsOf(int i) {
    return IntStream.range(0, LISTED)
        .mapToObj(j -> GrowthEvents.merchant(i * 37 + j * 89))
        .collect(Collectors.joining(", "));
  }

  /** The amount that this share of events is above. */
  private static String above(double share) {
    return number(GrowthEvents.AMOUNT_MAX * (1 - Math.min(1, share)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static CompiledPipeline compile(String text) {
    return PipelineText.compile("growth.yaml", text.getBytes(StandardCharsets.UTF_8));
  }
}
