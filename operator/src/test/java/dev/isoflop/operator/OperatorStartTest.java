package dev.isoflop.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: without a cluster it ends with one line, and no stack trace. */
class OperatorStartTest {
  @TempDir Path folder;

  private record Ended(int status, String out, String err) {}

  private Ended operator(Path kubeconfig) throws IOException, InterruptedException {
    return operator(Map.of("KUBECONFIG", kubeconfig.toString()));
  }

  private Ended operator(Map<String, String> environment) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.isoflop.operator.IsoflopMain",
                "operator",
                "--worker-image",
                "worker:1")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Ended(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  @Test
  void aClusterThatDoesNotAnswerIsOneLine() throws IOException, InterruptedException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Path kubeconfig =
        Files.writeString(
            folder.resolve("config"),
            """
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d"}}]
            users: [{name: u, user: {token: abc}}]
            contexts: [{name: lab, context: {cluster: c, user: u}}]
            current-context: lab
            """
                .formatted(free));

    Ended ended = operator(kubeconfig);

    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .startsWith("error: https://127.0.0.1:" + free + ": the cluster that the context 'lab'")
        .contains("connection refused");
    assertThat(ended.status()).isEqualTo(75);
  }

  @Test
  void aPortThatIsTakenIsOneLine() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Ended ended =
          operator(
              Map.of(
                  "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL",
                  "https://127.0.0.1:1",
                  "ISOFLOP_PORT",
                  Integer.toString(taken.getLocalPort())));

      assertThat(ended.out()).isEmpty();
      assertThat(ended.err().lines())
          .singleElement()
          .isEqualTo(
              "error: --port (or ISOFLOP_PORT): %d is taken by another process; end that, or give another port"
                  .formatted(taken.getLocalPort()));
      assertThat(ended.status()).isEqualTo(75);
    }
  }

  @Test
  void aNumberThatIsNoPortIsNamed() {
    assertThat(PortCheck.problem(70_000))
        .contains("--port (or ISOFLOP_PORT): 70000 is not a port; give one from 1 to 65535");
  }

  @Test
  void aKubeconfigThatIsNotThereIsOneLine() throws IOException, InterruptedException {
    Path none = folder.resolve("none");

    Ended ended = operator(none);

    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .startsWith("error: no cluster is named: there is no kubeconfig " + none);
    assertThat(ended.status()).isEqualTo(2);
  }
}
