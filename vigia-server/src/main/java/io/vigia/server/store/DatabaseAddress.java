package io.vigia.server.store;

/**
 * Where PostgreSQL is and as whom to connect.
 *
 * <p><b>Shape.</b> {@code url} as JDBC writes it, {@code jdbc:postgresql://localhost:5432/vigia}; a
 * password in the URL works too.
 */
public record DatabaseAddress(String url, String user, String password) {

  /** The address without anything secret. */
  @Override
  public String toString() {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }
}
