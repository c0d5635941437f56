package dev.isoflop.worker.metrics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.status.ProgressReport;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private static List<InetAddress> others() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .toList();
  }

  private static ProgressReport report() {
    return new ProgressReport("trial", new TrialProgress(7, 0.25, Double.NaN, 1.5));
  }

  private static String get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(Duration.ofMinutes(2))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void connect(InetAddress address, int port) throws IOException {
    new Socket(address, port).close();
  }

  @Test
  void aPortOfThisMachinesChoiceIsServedToThisMachineAlone() throws Exception {
    try (MetricsServer server =
        MetricsServer.start(0, new PrometheusRegistry(), MetricsServerTest::report)) {
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
    try (MetricsServer server =
        MetricsServer.start(free, new PrometheusRegistry(), MetricsServerTest::report)) {
      assertThat(server.address().isAnyLocalAddress()).isTrue();
    }
  }

  @Test
  void progressIsServedAsJsonWithoutWhatIsNoNumber() throws Exception {
    try (MetricsServer server =
        MetricsServer.start(0, new PrometheusRegistry(), MetricsServerTest::report)) {
      assertThat(get(server.port(), ProgressReport.PATH))
          .isEqualTo(
              "{\"trial\":\"trial\",\"progress\":{\"step\":7,\"ratio\":0.25,"
                  + "\"checkpointAgeSeconds\":1.5}}");
    }
  }

  /** A server in a process of its own, where no other one was made before. */
  public static void main(String[] arguments) throws Exception {
    try (MetricsServer server =
        MetricsServer.start(0, new PrometheusRegistry(), MetricsServerTest::report)) {
      System.out.println(server.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Test
  void requestsThatDoNotGoOnSilenceNoWorker() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                CLASS_PATH,
                MetricsServerTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Socket> stalled = new ArrayList<>();
    try (BufferedReader printed = process.inputReader()) {
      int port = Integer.parseInt(printed.readLine());
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String path = i % 2 == 0 ? "/metrics" : ProgressReport.PATH;
        socket
            .getOutputStream()
            .write("GET %s HTTP/1.1\r\nHost: ".formatted(path).getBytes(US_ASCII));
        stalled.add(socket);
      }
      assertThat(get(port, "/healthz")).isEqualTo("ok\n");
      assertThat(get(port, ProgressReport.PATH)).startsWith("{");
    } finally {
      process.destroyForcibly();
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }
}
