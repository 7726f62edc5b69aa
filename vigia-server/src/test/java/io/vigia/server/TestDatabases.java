package io.vigia.server;

import io.vigia.server.store.DatabaseAddress;

/** The databases of {@link TestServers} for the tests of the rooms. */
public final class TestDatabases {
  private TestDatabases() {}

  /** An empty database of its own. */
  public static DatabaseAddress newDatabase() {
    return TestServers.newDatabase();
  }
}
