package io.vigia.benchmarks.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;

/** What an answer was. */
enum Verdict {
  /** 200, and about the event that was sent. */
  GOOD,
  /** 200, but what is answered in place of a decision. */
  FALLBACK,
  /** 429. */
  REFUSED,
  /** Anything else. */
  ERROR;

  private static final byte[] FALLBACK_MARK =
      "\"fallback\":true".getBytes(StandardCharsets.US_ASCII);

  static Verdict of(HttpClientResponse response, Buffer body, byte[] expected) {
    if (response.statusCode() == 429) {
      return REFUSED;
    }
    byte[] bytes = body.getBytes();
    if (response.statusCode() != 200 || !contains(bytes, expected)) {
      return ERROR;
    }
    return contains(bytes, FALLBACK_MARK) ? FALLBACK : GOOD;
  }

  private static boolean contains(byte[] text, byte[] part) {
    for (int i = 0; i <= text.length - part.length; i++) {
      int j = 0;
      while (j < part.length && text[i + j] == part[j]) {
        j++;
      }
      if (j == part.length) {
        return true;
      }
    }
    return false;
  }
}
