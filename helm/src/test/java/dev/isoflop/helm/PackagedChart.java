package dev.isoflop.helm;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The chart as it is handed out. */
final class PackagedChart {
  private PackagedChart() {}

  /**
   * Packages the chart for a server. One that was built from a checkout states no version to
   * compare with.
   */
  static Path in(Path folder, KubernetesClient client) throws IOException {
    Path source = Chart.FOLDER;
    if (client.getKubernetesVersion().getGitVersion().startsWith("v0.0.0")) {
      source = folder.resolve("isoflop");
      copy(Chart.FOLDER, source);
      Path chart = source.resolve("Chart.yaml");
      Files.writeString(chart, Files.readString(chart).replaceAll("(?m)^kubeVersion: .*$", ""));
    }
    new Helm(source).packageIt().withDestination(folder).call();
    return folder.resolve("isoflop-" + BuiltImages.version() + ".tgz");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
