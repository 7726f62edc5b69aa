package io.vigia.cli.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Payments for the user to send by hand: lines that work in a shell as they are printed.
 *
 * <p>The event is written out with its id and its time, so that the same line again is the same
 * event and gets the same answer, byte for byte.
 */
public final class OwnPayment {
  private OwnPayment() {}

  /** A coffee, of which nobody can think ill. */
  public static String allowed(String gateway, String run, Instant now) {
    return curl(gateway, json("mine-" + run, "my-card", "corner-cafe", "cafe", "4.80", now));
  }

  /** The same with a card that is on the block list. */
  public static String blocked(String gateway, String run, Instant now) {
    return curl(gateway, json("lost-" + run, "card-lost-1", "corner-cafe", "cafe", "4.80", now));
  }

  private static String curl(String gateway, String json) {
    return "curl -s "
        + gateway
        + "/v1/streams/"
        + Payment.STREAM
        + "/decide -H 'Content-Type: application/json' -d '"
        + json
        + "'";
  }

  private static String json(
      String id, String card, String merchant, String category, String amount, Instant now) {
    return "{\"payment_id\":\""
        + id
        + "\",\"created_at\":\""
        + now.truncatedTo(ChronoUnit.SECONDS)
        + "\",\"card\":\""
        + card
        + "\",\"merchant\":\""
        + merchant
        + "\",\"category\":\""
        + category
        + "\",\"amount\":"
        + amount
        + ",\"country\":\"PT\",\"city\":\"lisbon\"}";
  }
}
