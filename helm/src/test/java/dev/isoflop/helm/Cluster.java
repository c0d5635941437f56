package dev.isoflop.helm;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real API server with its store; no controllers unless they are started, no nodes. */
final class Cluster implements AutoCloseable {
  static final String FOLDER_VARIABLE = "KUBE_API_TEST_DIR";

  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  private final KubeAPIServer server;
  private Optional<Process> controllers = Optional.empty();

  private Cluster(KubeAPIServer server) {
    this.server = server;
  }

  static Cluster start() {
    passMidnight();
    KubeAPIServer server =
        new KubeAPIServer(
            KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .withTestDir(System.getenv(FOLDER_VARIABLE))
                .withStartupTimeout((int) LONGEST_START.toMillis())
                .build());
    server.start();
    return new Cluster(server);
  }

  /** Waits where the start could reach over midnight: kube-api-test compares times of one day. */
  private static void passMidnight() {
    long left = LocalTime.now(ZoneId.systemDefault()).until(LocalTime.MAX, ChronoUnit.MILLIS);
    if (left < LONGEST_START.toMillis()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left + 1));
    }
  }

  String kubeconfig() {
    return server.getKubeConfigYaml();
  }

  KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig())).build();
  }

  /** The folder of the API server's program, and of kubectl. */
  static Path programs() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of(System.getenv(FOLDER_VARIABLE), "k8s"))) {
      return versions.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
    }
  }

  /** Whether Kubernetes' own controllers are at hand. */
  static boolean hasControllers() throws IOException {
    return Files.isExecutable(programs().resolve("kube-controller-manager"));
  }

  /** Starts those controllers that make pods of Deployments and Jobs, and collect garbage. */
  void startControllers(Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("controllers.kubeconfig"), kubeconfig());
    controllers =
        Optional.of(
            new ProcessBuilder(
                    programs().resolve("kube-controller-manager").toString(),
                    "--kubeconfig=" + config,
                    "--controllers=deployment-controller,replicaset-controller,job-controller,"
                        + "garbage-collector-controller,ttl-after-finished-controller",
                    "--leader-elect=false",
                    "--secure-port=0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("controllers.log").toFile())
                .start());
  }

  @Override
  public void close() {
    controllers.ifPresent(Process::destroy);
    server.stop();
  }
}
