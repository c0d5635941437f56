package dev.isoflop.operator.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** An API server with its storage, and its controllers where their program is at hand. */
public final class RealApiServer implements AutoCloseable {
  /** What a command said. */
  public record Answer(int status, String output) {}

  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  private final KubeAPIServer server;
  private final Path programs;
  private final Path kubeconfig;
  private final Optional<Process> controllers;

  private RealApiServer(
      KubeAPIServer server, Path programs, Path kubeconfig, Optional<Process> controllers) {
    this.server = server;
    this.programs = programs;
    this.kubeconfig = kubeconfig;
    this.controllers = controllers;
  }

  public static RealApiServer start() throws IOException {
    passMidnight();
    Path folder = Path.of(System.getenv("KUBE_API_TEST_DIR"));
    KubeAPIServer server =
        new KubeAPIServer(
            KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .withTestDir(folder.toString())
                .withStartupTimeout((int) LONGEST_START.toMillis())
                .build());
    server.start();
    Path kubeconfig = Files.createTempFile("kube", ".yaml");
    Files.writeString(kubeconfig, server.getKubeConfigYaml());
    Path programs = programs(folder);
    Optional<Process> controllers = controllers(programs, kubeconfig);
    RealApiServer started = new RealApiServer(server, programs, kubeconfig, controllers);
    try (KubernetesClient client = started.client()) {
      for (String name : List.of("scalingsweeps", "trials")) {
        client
            .load(
                ScalingSweep.class.getResourceAsStream(
                    "/META-INF/fabric8/%s.isoflop.dev-v1.yml".formatted(name)))
            .create();
      }
      client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName("trials.isoflop.dev")
          .waitUntilCondition(RealApiServer::established, 30, TimeUnit.SECONDS);
    }
    System.out.println(
        "tests run on a real API server in "
            + programs.getFileName()
            + (controllers.isPresent() ? " with its controllers" : ", Jobs are played"));
    return started;
  }

  /** Waits where the start could reach over midnight: kube-api-test compares times of one day. */
  private static void passMidnight() {
    long left = LocalTime.now(ZoneId.systemDefault()).until(LocalTime.MAX, ChronoUnit.MILLIS);
    if (left < LONGEST_START.toMillis()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left + 1));
    }
  }

  private static boolean established(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  private static Path programs(Path folder) throws IOException {
    try (Stream<Path> versions = Files.list(folder.resolve("k8s"))) {
      return versions.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
    }
  }

  private static Optional<Process> controllers(Path programs, Path kubeconfig) throws IOException {
    File program = programs.resolve("kube-controller-manager").toFile();
    if (!program.canExecute()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessBuilder(
                program.toString(),
                "--kubeconfig=" + kubeconfig,
                "--controllers=job-controller,garbage-collector-controller,"
                    + "ttl-after-finished-controller",
                "--leader-elect=false",
                "--secure-port=0")
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("controllers", ".log").toFile())
            .start());
  }

  /** Whether Kubernetes' own Job controller runs. */
  public boolean runsJobs() {
    return controllers.isPresent();
  }

  public KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
        .build();
  }

  public Answer kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("kubectl").toString());
    command.add("--kubeconfig=" + kubeconfig);
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), output);
  }

  @Override
  public void close() {
    controllers.ifPresent(Process::destroy);
    server.stop();
    try {
      Files.deleteIfExists(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
