package io.vigia.cli.demo;

import java.util.Locale;

/** The three frauds that are played. */
public enum FraudKind {
  /** Many small probes of one card, then a large payment. */
  CARD_TESTING,
  /** A copied card is used far away while its owner goes on paying at home. */
  STOLEN_CARD,
  /** A merchant whose access was stolen charges many cards far more than it ever does. */
  COMPROMISED_MERCHANT;

  /** The word in files and summaries: {@code card_testing}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
