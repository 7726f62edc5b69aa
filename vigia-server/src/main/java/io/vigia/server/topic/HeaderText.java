package io.vigia.server.topic;

import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.RecordKind;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads and writes the headers of records, whose values are all text. */
public final class HeaderText {
  private HeaderText() {}

  /** The last header of a name; null when there is none. */
  public static @Nullable String of(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** What a record of a decisions topic is; null when its headers do not say. */
  public static @Nullable RecordKind kindOf(Headers headers) {
    String word = of(headers, RecordHeaders.KIND);
    return word == null ? null : RecordKind.of(word).orElse(null);
  }

  /** Adds a header, unless there is no value. */
  public static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }
}
