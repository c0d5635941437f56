package dev.isoflop.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the operator's process weighs and how soon it is at rest again after a restart, where so
 * many sweeps of 20 trials run all at once: a real API server, the process as the image starts it,
 * pods that are only said to run.
 */
@Tag("bench")
@EnabledIfEnvironmentVariable(
    named = Cluster.FOLDER_VARIABLE,
    matches = ".+",
    disabledReason = "no Kubernetes API server: KUBE_API_TEST_DIR is not set")
class FootprintBench {
  private static final String NAMESPACE = OneOperator.NAMESPACE;
  private static final int TRIALS = 20;

  private static final Duration AT_REST = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(ints = {50, 250, 500})
  void sweepsOfTwentyTrials(int sweeps) throws Exception {
    try (Cluster cluster = Cluster.start();
        KubernetesClient client = cluster.client()) {
      OneOperator installed = OneOperator.install(cluster, client, folder);
      ExecutorService kubelets = Executors.newFixedThreadPool(8);
      var jobs =
          client.batch().v1().jobs().inNamespace(NAMESPACE).inform(new Kubelets(client, kubelets));
      Instant began = Instant.now();
      try (PodProcess operator = installed.start()) {
        for (int i = 0; i < sweeps; i++) {
          client.resource(sweep("sweep-" + i)).create();
        }
        waitUntilAllRun(client, sweeps, operator);
        Duration filled = Duration.between(began, Instant.now());
        waitUntilAtRest(sweeps);
        print("%d Jobs: all run after %d s", sweeps * TRIALS, filled.toSeconds());
        print("  at rest after %s: %s", work(), memory(operator));
        operator.terminate();
        while (operator.exit().isEmpty()) {
          Thread.sleep(100);
        }
      }
      Instant restarted = Instant.now();
      try (PodProcess operator = installed.start()) {
        Duration rest = Duration.between(restarted, waitUntilAtRest(sweeps));
        print(
            "  at rest %.1f s after a restart, after %s: %s",
            rest.toMillis() / 1e3, work(), memory(operator));
        collectGarbage(operator);
        print("  with its heap collected: %s", memory(operator));
      }
      jobs.close();
      kubelets.shutdownNow();
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }

  private static ScalingSweep sweep(String name) throws IOException {
    ScalingSweep sweep =
        Serialization.unmarshal(
            Files.readString(Path.of("../examples/quickstart.yaml"))
                .replace("maxParallel: 4", "maxParallel: " + TRIALS),
            ScalingSweep.class);
    sweep.getMetadata().setName(name);
    sweep.getMetadata().setNamespace(NAMESPACE);
    return sweep;
  }

  /** Says of every Job's pod that it runs. */
  private record Kubelets(KubernetesClient client, ExecutorService threads)
      implements ResourceEventHandler<Job> {
    @Override
    public void onAdd(Job job) {
      threads.execute(() -> run(job));
    }

    @Override
    public void onUpdate(Job before, Job job) {}

    @Override
    public void onDelete(Job job, boolean unknown) {}

    private void run(Job job) {
      var template = job.getSpec().getTemplate();
      PodSpec spec = template.getSpec();
      spec.setNodeName("node");
      Pod pod =
          client
              .resource(
                  new PodBuilder()
                      .withNewMetadataLike(template.getMetadata())
                      .withName(job.getMetadata().getName() + "-x7k2p")
                      .withNamespace(NAMESPACE)
                      .withOwnerReferences(
                          new OwnerReferenceBuilder()
                              .withApiVersion("batch/v1")
                              .withKind("Job")
                              .withName(job.getMetadata().getName())
                              .withUid(job.getMetadata().getUid())
                              .withController(true)
                              .build())
                      .endMetadata()
                      .withSpec(spec)
                      .build())
              .create();
      String now = Instant.now().toString();
      String container = spec.getContainers().get(0).getName();
      pod =
          new PodBuilder(pod)
              .withNewStatus()
              .withPhase("Running")
              .withStartTime(now)
              .addNewCondition()
              .withType("Ready")
              .withStatus("True")
              .withLastTransitionTime(now)
              .endCondition()
              .addNewContainerStatus()
              .withName(container)
              .withImage(spec.getContainers().get(0).getImage())
              .withImageID("")
              .withReady(true)
              .withRestartCount(0)
              .withNewState()
              .withNewRunning(now)
              .endState()
              .endContainerStatus()
              .endStatus()
              .build();
      client.resource(pod).updateStatus();
    }
  }

  private static void waitUntilAllRun(KubernetesClient client, int sweeps, PodProcess operator)
      throws InterruptedException {
    int running = 0;
    while (running < sweeps * TRIALS) {
      Thread.sleep(2_000);
      assertThat(operator.exit()).isEmpty();
      running =
          client.resources(ScalingSweep.class).inNamespace(NAMESPACE).list().getItems().stream()
              .mapToInt(FootprintBench::running)
              .sum();
    }
  }

  private static int running(ScalingSweep sweep) {
    return Optional.ofNullable(sweep.getStatus())
        .map(status -> status.trials())
        .map(TrialCounts::running)
        .orElse(0);
  }

  /** Waits until no turns were taken for a while, after one of each sweep; when that began. */
  private Instant waitUntilAtRest(int sweeps) throws InterruptedException {
    double turns = 0;
    Instant since = Instant.now();
    while (turns < sweeps || Duration.between(since, Instant.now()).compareTo(AT_REST) < 0) {
      Thread.sleep(200);
      double now = turns();
      if (now > turns) {
        turns = now;
        since = Instant.now();
      }
    }
    return since;
  }

  private double turns() throws InterruptedException {
    return metric("isoflop_operator_turn_seconds_count");
  }

  private String work() throws InterruptedException {
    double turns = turns();
    return "%.0f turns of %.1f ms"
        .formatted(turns, 1e3 * metric("isoflop_operator_turn_seconds_sum") / turns);
  }

  /** The sum over the samples of this name; 0 while nobody answers. */
  private double metric(String name) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://" + OneOperator.ADDRESS + ":8080/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer
          .body()
          .lines()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException notYetListening) {
      return 0;
    }
  }

  private static String memory(PodProcess operator) throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/" + operator.id() + "/status"));
    return "%d MiB resident, at most %d MiB before"
        .formatted(mebibytes(status, "VmRSS:"), mebibytes(status, "VmHWM:"));
  }

  private static long mebibytes(List<String> status, String field) {
    String line = status.stream().filter(found -> found.startsWith(field)).findFirst().orElse("");
    return Long.parseLong(requireNonNull(line).replaceAll("\\D", "")) / 1024;
  }

  private static void collectGarbage(PodProcess operator) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(operator.id()),
                "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(jcmd.waitFor()).isZero();
  }
}
