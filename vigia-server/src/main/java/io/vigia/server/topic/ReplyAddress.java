package io.vigia.server.topic;

import io.vigia.wire.decision.RecordHeaders;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for an answer: one request of one gateway.
 *
 * <p><b>Shape.</b> Written {@code <gateway>/<number>}. A gateway's id is new with every start, so
 * that an answer to a request of an earlier life is nobody's.
 */
public record ReplyAddress(String gateway, long number) {

  /** The address in a record's headers; null when there is none or it is not well-formed. */
  public static @Nullable ReplyAddress of(Headers headers) {
    String text = HeaderText.of(headers, RecordHeaders.REPLY);
    return text == null ? null : parse(text);
  }

  static @Nullable ReplyAddress parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      return null;
    }
    long number = 0;
    for (int i = slash + 1; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > Long.MAX_VALUE / 10 - 1) {
        return null;
      }
      number = number * 10 + digit;
    }
    return new ReplyAddress(text.substring(0, slash), number);
  }

  @Override
  public String toString() {
    return gateway + "/" + number;
  }
}
