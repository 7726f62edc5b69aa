package io.vigia.server.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code where} of a query, put together of conditions with parameters; never of values. */
public final class Conditions {
  private final List<String> texts = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** Adds a condition with one question mark, unless there is no value. */
  public Conditions add(String condition, @Nullable Object value) {
    if (value != null) {
      texts.add(condition);
      values.add(value);
    }
    return this;
  }

  /** Adds a condition without parameter. */
  public Conditions add(String condition) {
    texts.add(condition);
    return this;
  }

  /** Only what comes after a cursor, where rows are ordered by time and id, the newest first. */
  public Conditions before(String time, String id, @Nullable PageCursor cursor) {
    if (cursor != null) {
      texts.add("(" + time + ", " + id + ") < (?, ?)");
      values.add(cursor.time());
      values.add(cursor.id());
    }
    return this;
  }

  /** The text, with a leading {@code where} unless it is empty. */
  public String sql() {
    return texts.isEmpty() ? "" : " where " + String.join(" and ", texts);
  }

  /** Sets the parameters; the number of the next free one. */
  public int bind(PreparedStatement statement) throws SQLException {
    int next = 1;
    for (Object value : values) {
      statement.setObject(
          next++, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
    }
    return next;
  }
}
