package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's Kubernetes section, command by command: the chart in a real API server, the operator
 * that it deploys as two processes with the rights of their service account, and workers that
 * really train. Only the nodes are played.
 */
@EnabledIfEnvironmentVariable(
    named = Cluster.FOLDER_VARIABLE,
    matches = ".+",
    disabledReason = "no Kubernetes API server: KUBE_API_TEST_DIR is not set")
class FirstSweepTest {
  private static final String SECTION = "On a Kubernetes cluster";
  private static final String NAMESPACE = "research";
  private static final int WORKERS_AT_ONCE = 2;

  @TempDir Path folder;

  @Test
  void theCommandsOfTheReadmeLeadFromAnEmptyClusterToLaws() throws Exception {
    assumeTrue(Cluster.hasControllers(), "kube-controller-manager does not lie beside the others");
    assumeTrue(
        Files.exists(Path.of(PodProcess.jar("operator")))
            && Files.exists(Path.of(PodProcess.jar("worker"))),
        "operator and worker are not packaged; run mvn verify");
    List<String> commands = DocumentedCommands.of("README.md", SECTION);
    assertThat(commands).anyMatch(command -> command.startsWith("helm install "));

    try (Cluster cluster = Cluster.start();
        KubernetesClient client = cluster.client();
        Nodes nodes =
            new Nodes(client, cluster.kubeconfig(), NAMESPACE, folder, WORKERS_AT_ONCE).start()) {
      cluster.startControllers(folder);
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
      ClusterCommands shell =
          new ClusterCommands(
              folder, PackagedChart.in(folder, client), kubeconfig, () -> nodes.check());
      try {
        for (String command : commands) {
          shell.run(command);
        }
      } finally {
        Files.writeString(Path.of("target/first-sweep.txt"), shell.said());
      }
      check(client);
      checkLogs();
      new Disturbances(client, nodes, NAMESPACE, "quickstart").run();
    }
  }

  private static void check(KubernetesClient client) {
    ScalingSweepStatus status =
        Objects.requireNonNull(
            client
                .resources(ScalingSweep.class)
                .inNamespace(NAMESPACE)
                .withName("quickstart")
                .get()
                .getStatus());
    TrialCounts trials = Objects.requireNonNull(status.trials());
    assertThat(trials.succeeded()).isEqualTo(trials.planned()).isGreaterThanOrEqualTo(20);
    assertThat(status.conditions())
        .anySatisfy(
            condition -> {
              assertThat(condition.getType()).isEqualTo("Succeeded");
              assertThat(condition.getReason()).isEqualTo("LawsFitted");
            });
    assertThat(
            client
                .leases()
                .inNamespace(NAMESPACE)
                .withName("isoflop")
                .get()
                .getSpec()
                .getHolderIdentity())
        .startsWith("isoflop-");
  }

  /** One replica led, the other stood by, and nothing was forbidden to either. */
  private void checkLogs() throws IOException {
    List<String> logs = new ArrayList<>();
    try (Stream<Path> pods = Files.list(folder)) {
      for (Path pod : pods.filter(path -> Files.exists(path.resolve("kubeconfig"))).toList()) {
        logs.add(Files.readString(pod.resolve("log")));
      }
    }
    assertThat(logs)
        .hasSize(2)
        .allSatisfy(
            log ->
                assertThat(log)
                    .doesNotContain("Forbidden")
                    .doesNotContain("\"level\":\"ERROR\"")
                    .contains("\"level\":\"INFO\""));
    assertThat(logs)
        .filteredOn(log -> log.contains("GridExtended") || log.contains("Planned"))
        .hasSize(1);
  }
}
