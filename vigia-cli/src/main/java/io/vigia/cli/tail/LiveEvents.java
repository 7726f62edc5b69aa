package io.vigia.cli.tail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events.
 *
 * <p><b>Source.</b> The event stream format of HTML; ids and retry times are passed over.
 */
final class LiveEvents {
  private final BufferedReader lines;

  LiveEvents(InputStream in) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** One event: its kind and its data. */
  record LiveEvent(String kind, String data) {}

  /** The next event; null at the end of the stream. */
  @Nullable LiveEvent next() throws IOException {
    String kind = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          return new LiveEvent(kind, data.toString());
        }
        kind = "message";
      } else if (line.startsWith("event:")) {
        kind = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.append(data.length() > 0 ? "\n" : "").append(line.substring(5).strip());
      }
    }
    return null;
  }
}
