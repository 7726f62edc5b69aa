package io.vigia.server.store;

import java.sql.SQLException;

/** What PostgreSQL's error codes mean to us. */
final class SqlStates {
  private SqlStates() {}

  /**
   * Whether the rows themselves are at fault, so that trying again is of no use: data exceptions
   * (22), broken constraints (23), program limits (54).
   */
  static boolean isAboutTheData(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }
}
