package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs documented commands on a cluster: {@code helm install} by Helm's engine in this process,
 * with the packaged chart in place of the folder, and {@code kubectl} as the program that it is.
 */
final class ClusterCommands {
  private final Path folder;
  private final Path chart;
  private final Path kubeconfig;
  private final Runnable watch;
  private final StringBuilder said = new StringBuilder();

  /**
   * Commands for one cluster.
   *
   * @param folder for what they print
   * @param chart packaged
   * @param kubeconfig of an administrator
   * @param watch called each second while a command runs, to fail where waiting on is in vain
   */
  ClusterCommands(Path folder, Path chart, Path kubeconfig, Runnable watch) {
    this.folder = folder;
    this.chart = chart;
    this.kubeconfig = kubeconfig;
    this.watch = watch;
  }

  /** Runs a command and fails the test if it fails. */
  void run(String command) throws IOException, InterruptedException {
    if (command.startsWith("helm install ")) {
      helmInstall(command);
    } else {
      kubectl(command);
    }
    watch.run();
  }

  /** All commands so far, each with what it printed. */
  String said() {
    return said.toString();
  }

  private void helmInstall(String command) {
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

  private void kubectl(String command) throws IOException, InterruptedException {
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
            (path, programs) -> programs + File.pathSeparator + path);
    Path output = folder.resolve("output");
    Process process = builder.redirectOutput(output.toFile()).start();
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        watch.run();
      }
    } finally {
      process.destroy();
      said.append("$ ").append(command).append('\n').append(Files.readString(output));
    }
    assertThat(process.exitValue()).as("%s", said).isZero();
  }
}
