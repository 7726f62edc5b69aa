package io.vigia.embedded;

import java.util.ArrayList;
import java.util.List;

/** What stands in {@code postgresql.conf}, written anew at each start. */
final class PostgresConfiguration {
  /** What a commit's durability hangs on; checked after each start. */
  static final List<String> ALWAYS_ON = List.of("fsync", "synchronous_commit", "full_page_writes");

  private PostgresConfiguration() {}

  static List<String> lines(int port) {
    List<String> lines = new ArrayList<>();
    lines.add("# Vigia writes this file at each start; settings of your own: ALTER SYSTEM SET ...");
    lines.add("listen_addresses = '" + LoopbackPorts.HOST + "'");
    lines.add("port = " + port);
    lines.add("unix_socket_directories = ''");
    lines.add("max_connections = " + EmbeddedPostgres.CONNECTIONS_MAX);
    for (String setting : ALWAYS_ON) {
      lines.add(setting + " = on");
    }
    lines.add("password_encryption = 'scram-sha-256'");
    lines.add("shared_buffers = '64MB'");
    lines.add("max_wal_size = '256MB'");
    lines.add("timezone = 'UTC'");
    lines.add("log_timezone = 'UTC'");
    lines.add("datestyle = 'iso, ymd'");
    lines.add("lc_messages = 'C'");
    lines.add("jit = off");
    return List.copyOf(lines);
  }
}
