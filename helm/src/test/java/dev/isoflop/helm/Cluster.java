package dev.isoflop.helm;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** A real API server with its store; no controllers, no nodes. */
final class Cluster implements AutoCloseable {
  static final String FOLDER_VARIABLE = "KUBE_API_TEST_DIR";

  private static final int START_MILLIS = 60_000;

  private final KubeAPIServer server;

  private Cluster(KubeAPIServer server) {
    this.server = server;
  }

  static Cluster start() {
    KubeAPIServer server =
        new KubeAPIServer(
            KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .withTestDir(System.getenv(FOLDER_VARIABLE))
                .withStartupTimeout(START_MILLIS)
                .build());
    server.start();
    return new Cluster(server);
  }

  String kubeconfig() {
    return server.getKubeConfigYaml();
  }

  KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig())).build();
  }

  @Override
  public void close() {
    server.stop();
  }
}
