package io.vigia.flink;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record for Kafka: where it goes and its bytes.
 *
 * <p><b>Shape.</b> {@code key} and {@code value} may be null, as Kafka allows.
 */
record OutputRecord(
    String topic, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

  OutputRecord {
    headers = List.copyOf(headers);
  }

  /** One header; its value is text. */
  record Header(String name, String value) {}

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutputRecord that
        && topic.equals(that.topic)
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return 31 * topic.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return topic + " " + headers;
  }
}
