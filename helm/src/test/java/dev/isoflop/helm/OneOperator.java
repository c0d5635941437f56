package dev.isoflop.helm;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The chart, installed with one operator, whose process gets the memory that the chart gives it.
 */
final class OneOperator {
  static final String NAMESPACE = "research";
  static final String ADDRESS = "127.0.0.1";

  /** The image's flags, with its share of the chart's memory limit of 512 MiB. */
  private static final List<String> FLAGS =
      List.of(
          "-Xmx230m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xss512k",
          "-XX:+ExitOnOutOfMemoryError");

  private static final int LAST = 3000;

  private final Cluster cluster;
  private final Path folder;
  private final Pod pod;
  private int started = 0;

  private OneOperator(Cluster cluster, Path folder, Pod pod) {
    this.cluster = cluster;
    this.folder = folder;
    this.pod = pod;
  }

  /** Installs the chart; no process is started. */
  static OneOperator install(Cluster cluster, KubernetesClient client, Path folder)
      throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
    new Helm(PackagedChart.in(folder, client))
        .install()
        .withName("isoflop")
        .withNamespace(NAMESPACE)
        .createNamespace()
        .set("replicas", 1)
        .withKubeConfig(kubeconfig)
        .call();
    var template =
        client
            .apps()
            .deployments()
            .inNamespace(NAMESPACE)
            .withName("isoflop")
            .get()
            .getSpec()
            .getTemplate();
    Pod pod =
        new PodBuilder()
            .withNewMetadataLike(template.getMetadata())
            .withName("operator")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    return new OneOperator(cluster, folder, pod);
  }

  PodProcess start() throws IOException {
    Path home = Files.createDirectory(folder.resolve("operator-" + started++));
    return PodProcess.operator(pod, ADDRESS, home, cluster.kubeconfig(), FLAGS);
  }

  /** The end of what the process that was started last has printed. */
  String lastWords() {
    try {
      String log = log();
      return log.substring(Math.max(0, log.length() - LAST));
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  /** What the process that was started last has printed. */
  String log() throws IOException {
    return Files.readString(folder.resolve("operator-" + (started - 1)).resolve("log"));
  }
}
