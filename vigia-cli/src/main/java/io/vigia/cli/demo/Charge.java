package io.vigia.cli.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A payment that is going to be made: who, where, how much, and when at the earliest. */
record Charge(
    Instant at,
    String card,
    @Nullable String device,
    Merchant merchant,
    BigDecimal amount,
    City city,
    @Nullable FraudKind fraud,
    int episode) {

  Payment made(String id, Instant when) {
    return new Payment(
        id,
        when.truncatedTo(ChronoUnit.MILLIS),
        card,
        device,
        merchant.name(),
        merchant.category().word(),
        amount,
        city.country(),
        city.name(),
        fraud,
        episode);
  }
}
