package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds ports of the loopback interface on which a server can listen. */
final class LoopbackPorts {
  static final String HOST = "127.0.0.1";

  private static final byte[] ADDRESS = {127, 0, 0, 1};

  private LoopbackPorts() {}

  /**
   * One port for each wanted one, all different; 0 stands for any free one.
   *
   * @param server whose ports they are, for the message when a wanted one is in use
   */
  static List<Integer> choose(String server, int... wanted) {
    List<ServerSocket> held = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int port : wanted) {
        ServerSocket socket = listen(server, port);
        held.add(socket);
        ports.add(socket.getLocalPort());
      }
      return List.copyOf(ports);
    } finally {
      held.forEach(LoopbackPorts::close);
    }
  }

  /** What to say when {@code port} is taken. */
  static EnvironmentException inUse(String server, int port, Exception cause) {
    return new EnvironmentException(
        "port %d, which %s is to listen on, is in use".formatted(port, server),
        "stop the program that holds it, or choose another port",
        cause);
  }

  private static ServerSocket listen(String server, int port) {
    try {
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port), 1);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw inUse(server, port, e);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("port " + socket.getLocalPort() + " does not close", e);
    }
  }
}
