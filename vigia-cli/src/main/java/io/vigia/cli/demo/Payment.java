package io.vigia.cli.demo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A card payment that was made up.
 *
 * <p><b>Shape.</b> {@code amount} in euros; {@code device} is null in a shop; {@code country} and
 * {@code city} are where the payment is made. {@code fraud} is null for a good payment, and {@code
 * episode} numbers the frauds from 1 (0 for a good payment).
 */
public record Payment(
    String id,
    Instant createdAt,
    String card,
    @Nullable String device,
    String merchant,
    String category,
    BigDecimal amount,
    String country,
    String city,
    @Nullable FraudKind fraud,
    int episode) {

  /** The demo's pipeline, and its stream that takes payments. */
  public static final String PIPELINE = "card-fraud";

  public static final String STREAM = "payments";

  public boolean isFraud() {
    return fraud != null;
  }

  /** The payment as it is sent: nobody knows the truth yet. */
  public byte[] json() {
    return text(false).getBytes(StandardCharsets.UTF_8);
  }

  /** The payment with the truth: {@code "fraud":"stolen_card"}, or {@code "none"}. */
  public byte[] labelledJson() {
    return text(true).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * No value holds a character that JSON escapes: all are made here, of letters, digits and
   * hyphens.
   */
  private String text(boolean labelled) {
    StringBuilder json = new StringBuilder(320);
    json.append("{\"payment_id\":\"").append(id);
    json.append("\",\"created_at\":\"").append(createdAt);
    json.append("\",\"card\":\"").append(card);
    if (device != null) {
      json.append("\",\"device\":\"").append(device);
    }
    json.append("\",\"merchant\":\"").append(merchant);
    json.append("\",\"category\":\"").append(category);
    json.append("\",\"amount\":").append(amount.toPlainString());
    json.append(",\"country\":\"").append(country);
    json.append("\",\"city\":\"").append(city).append('"');
    if (labelled) {
      json.append(",\"fraud\":\"").append(fraud == null ? "none" : fraud.word()).append('"');
    }
    return json.append('}').toString();
  }
}
