package io.vigia.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {
  @Test
  void choose_zeros_areDifferent() {
    assertEquals(5, new HashSet<>(LoopbackPorts.choose("Kafka", 0, 0, 0, 0, 0)).size());
  }

  @Test
  void choose_portInUse_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      EnvironmentException e =
          assertThrows(EnvironmentException.class, () -> LoopbackPorts.choose("Kafka", port));
      assertEquals(
          "port %d, which Kafka is to listen on, is in use".formatted(port), e.getMessage());
      assertTrue(e.nextStep().contains("choose another port"), e.nextStep());
    }
  }
}
