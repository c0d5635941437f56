package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
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
import java.util.concurrent.TimeUnit;
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

  private final StringBuilder said = new StringBuilder();

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
      for (String command : commands) {
        if (command.startsWith("helm install ")) {
          helmInstall(command, PackagedChart.in(folder, client), kubeconfig);
        } else {
          run(command, kubeconfig, nodes);
        }
        nodes.check();
      }
      check(client);
      checkLogs();
      new Disturbances(client, nodes, NAMESPACE, "quickstart").run();
    } finally {
      Files.writeString(Path.of("target/first-sweep.txt"), said);
    }
  }

  private void helmInstall(String command, Path chart, Path kubeconfig) {
    said.append("$ ").append(command).append('\n');
    List<String> words = List.of(command.split("\\s+"));
    assertThat(words.subList(0, 4)).containsExactly("helm", "install", "isoflop", "helm/isoflop");
    InstallCommand install =
        new Helm(chart).install().withName("isoflop").withKubeConfig(kubeconfig);
    for (int i = 4; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--namespace" -> install.withNamespace(words.get(++i));
        case "--create-namespace" -> install.createNamespace();
        case "--set" -> {
          String[] pair = words.get(++i).split("=", 2);
          install.set(pair[0], pair[1]);
        }
        default -> throw new AssertionError(words.get(i) + ": is not played");
      }
    }
    assertThat(install.call().getStatus()).isEqualTo("deployed");
  }

  private void run(String command, Path kubeconfig, Nodes nodes)
      throws IOException, InterruptedException {
    assertThat(command).startsWith("kubectl ");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(DocumentedCommands.ROOT.toFile())
            .redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder
        .environment()
        .merge(
            "PATH",
            Cluster.programs().toAbsolutePath().toString(),
            (path, programs) -> programs + ":" + path);
    Path output = folder.resolve("output");
    Process process = builder.redirectOutput(output.toFile()).start();
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        nodes.check();
      }
    } finally {
      process.destroy();
      said.append("$ ").append(command).append('\n').append(Files.readString(output));
    }
    assertThat(process.exitValue()).as("%s", said).isZero();
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
