package io.vigia.server.alert;

import io.vertx.core.json.Json;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which alerts are the same: by the values that the grouping fields have in the event.
 */
final class AlertGroup {
  private AlertGroup() {}

  /**
   * The group of an event as JSON, <code>{"card":"c1"}</code>; a field that is missing, or that the
   * event's stream does not have, is null there.
   *
   * @param values the event's present fields as text
   */
  static String of(@Nullable StreamSchema stream, Map<String, String> values, List<Text> fields) {
    StringBuilder json = new StringBuilder("{");
    for (Text field : fields) {
      if (json.length() > 1) {
        json.append(',');
      }
      json.append(Json.encode(field.value())).append(':');
      String value = values.get(field.value());
      int slot = stream == null ? -1 : stream.find(field.value());
      if (stream == null || slot < 0 || value == null) {
        json.append("null");
      } else {
        json.append(
            switch (stream.type(slot)) {
              case STRING, TIMESTAMP -> Json.encode(value);
              case INT, DOUBLE, BOOL, DECIMAL -> value;
            });
      }
    }
    return json.append('}').toString();
  }
}
