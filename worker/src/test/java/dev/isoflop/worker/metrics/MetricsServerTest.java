package dev.isoflop.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private static List<InetAddress> others() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .toList();
  }

  private static void connect(InetAddress address, int port) throws IOException {
    new Socket(address, port).close();
  }

  @Test
  void aPortOfThisMachinesChoiceIsServedToThisMachineAlone() throws Exception {
    try (MetricsServer server = MetricsServer.start(0, new PrometheusRegistry())) {
      assertThat(server.address().isLoopbackAddress()).isTrue();
      connect(InetAddress.getLoopbackAddress(), server.port());
      for (InetAddress other : others()) {
        assertThatThrownBy(() -> connect(other, server.port())).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aPortThatWasAskedForIsServedToOthersAsInAPod() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (MetricsServer server = MetricsServer.start(free, new PrometheusRegistry())) {
      assertThat(server.address().isAnyLocalAddress()).isTrue();
    }
  }
}
