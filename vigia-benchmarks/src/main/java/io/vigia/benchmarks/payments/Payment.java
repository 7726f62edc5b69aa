package io.vigia.benchmarks.payments;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * One made-up payment.
 *
 * <p><b>Shape.</b> {@code fraud} is 0 or 1, the truth about the payment.
 */
public record Payment(
    String id,
    long timeMs,
    String card,
    String merchant,
    BigDecimal amount,
    String country,
    String channel,
    int fraud) {

  /** What a shop's system adds and no rule reads. */
  private static final String NOISE =
      """
      "terminal":{"serial":"PAX-A920-0083371","software":"7.4.1","entry":"contactless","offline":false},\
      "acquirer":"0049-7731","network":"debit","currency":"EUR","cryptogram":"9F2608C1A3E05577D1B2",\
      "customer_agent":"Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126",\
      "basket":[{"sku":"7611-04","quantity":1,"name":"rain jacket, navy, 152"},{"sku":"0090-11","quantity":2,\
      "name":"socks, three pairs"}],"note":\"""";

  /**
   * The event as JSON: what the pipeline reads, then what it does not.
   *
   * @param size how many bytes there are to be; less than about 600 leaves the rest out
   */
  public byte[] json(int size) {
    StringBuilder json = new StringBuilder(size + 64);
    json.append("{\"payment_id\":\"").append(id);
    json.append("\",\"created_at\":\"").append(Instant.ofEpochMilli(timeMs));
    json.append("\",\"card\":\"").append(card);
    json.append("\",\"merchant\":\"").append(merchant);
    json.append("\",\"amount\":").append(amount.toPlainString());
    json.append(",\"country\":\"").append(country);
    json.append("\",\"channel\":\"").append(channel);
    json.append("\",\"fraud\":").append(fraud);
    int filler = size - json.length() - NOISE.length() - 3;
    if (filler > 0) {
      char[] dots = new char[filler];
      Arrays.fill(dots, '.');
      json.append(',').append(NOISE).append(dots).append('"');
    }
    return json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
  }
}
