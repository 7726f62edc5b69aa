package io.vigia.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has passed through the decisions topics since the first start, as the store has counted it.
 *
 * <p><b>Shape.</b> For each pipeline {@code counts}: kind, then name (the outcome, the alert), then
 * how many. Exact: each number was written with what it counts.
 */
public record Totals(Map<String, Map<String, Map<String, Long>>> counts) {
  /** Effective decisions, by outcome. */
  public static final String DECISION = "decision";

  /** Decisions of an id that had one already: left out. */
  public static final String AGAIN = "again";

  /** Partial matches of patterns that were given up, as the decisions tell. */
  public static final String GIVEN_UP = "given-up";

  /** Alerts that were raised, by alert. */
  public static final String ALERT = "alert";

  /** Records that could not be read or stored. */
  public static final String UNSTORED = "unstored";

  /** Nothing has passed yet. */
  public static final Totals NONE = new Totals(Map.of());

  /** Reads them. */
  public static Totals read(Connection connection) throws SQLException {
    Map<String, Map<String, Map<String, Long>>> counts = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("select pipeline, kind, name, n from totals");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        counts
            .computeIfAbsent(rows.getString(1), pipeline -> new HashMap<>())
            .computeIfAbsent(rows.getString(2), kind -> new TreeMap<>())
            .put(rows.getString(3), rows.getLong(4));
      }
    }
    return new Totals(counts);
  }

  /** How many of a kind, by name. */
  public Map<String, Long> byName(String pipeline, String kind) {
    return counts.getOrDefault(pipeline, Map.of()).getOrDefault(kind, Map.of());
  }

  /** How many of a kind. */
  public long of(String pipeline, String kind) {
    return byName(pipeline, kind).values().stream().mapToLong(Long::longValue).sum();
  }
}
