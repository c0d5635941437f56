package dev.isoflop.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import dev.isoflop.trial.TrialFiles;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's Kubernetes section on a node whose kubelet runs the images of this checkout, and
 * what only such a node shows: who may write to a volume, what a template mounts, what becomes of a
 * killed container.
 */
@EnabledIfEnvironmentVariable(
    named = ContainerNode.VARIABLE,
    matches = ".+",
    disabledReason = "no node that runs containers: ISOFLOP_NODE is not set")
class NodeTest {
  private static final String SECTION = "On a Kubernetes cluster";
  private static final String NAMESPACE = "research";
  private static final String SWEEP = "quickstart";
  private static final Path MANIFEST = Path.of("../examples/quickstart.yaml");
  private static final Path KEPT = Path.of("../docs/measured/quickstart.csv");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir static Path folder;

  private static ContainerNode node;
  private static KubernetesClient client;
  private static ClusterCommands shell;
  private static Map<String, Double> trainedHere;

  @BeforeAll
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  static void followTheReadme() throws Exception {
    node = new ContainerNode(NAMESPACE);
    client = node.client();
    shell =
        new ClusterCommands(
            folder, PackagedChart.in(folder, client), node.kubeconfig(), () -> node.check());
    node.offer(claim("isoflop"), "isoflop");
    for (String command : DocumentedCommands.of("README.md", SECTION)) {
      shell.run(command);
    }
    trainedHere = trainHere();
  }

  @AfterAll
  static void takeAway() throws Exception {
    try {
      shell.run("kubectl -n research get pods,jobs,events");
    } finally {
      Files.writeString(Path.of("target/node.txt"), shell.said());
      client.namespaces().withName(NAMESPACE).delete();
      client
          .namespaces()
          .withName(NAMESPACE)
          .waitUntilCondition(gone -> gone == null, 2, TimeUnit.MINUTES);
      node.withdraw("isoflop");
      node.withdraw("pictures");
      node.close();
    }
  }

  private static Path claim(String name) {
    return folder.resolve("claims").resolve(name);
  }

  @Test
  void theNodeRunsTheImagesOfThisCheckout() throws IOException {
    for (String image : List.of("operator", "worker")) {
      String built = Files.readString(Path.of("../images/target/isoflop-" + image + ".id")).strip();

      List<Pod> pods =
          pods().stream().filter(pod -> Nodes.isWorker(pod) == image.equals("worker")).toList();

      assertThat(pods)
          .isNotEmpty()
          .flatExtracting(pod -> pod.getStatus().getContainerStatuses())
          .allSatisfy(
              status ->
                  assertThat(status.getImageID())
                      .as("build them and load them again, see docs/reliability.md")
                      .endsWith(built));
    }
  }

  @Test
  void trialsInContainersEqualThoseOfProcessesBitForBit() {
    assertThat(trainedHere).hasSize(5);
    assertThat(losses(SWEEP)).hasSizeGreaterThanOrEqualTo(20).containsAllEntriesOf(trainedHere);
  }

  @Test
  void theReadmesNumbersComeOut() throws Exception {
    Map<String, Double> kept = TrialLosses.of(KEPT, SWEEP);
    assumeTrue(
        kept.entrySet().containsAll(trainedHere.entrySet()),
        "this processor rounds otherwise than the one of docs/measured/quickstart.csv");

    assertThat(losses(SWEEP)).isEqualTo(kept);
    List<String> shown =
        Files.readAllLines(DocumentedCommands.ROOT.resolve("README.md")).stream()
            .filter(line -> line.startsWith(SWEEP))
            .map(NodeTest::columns)
            .toList();
    assertThat(shown).hasSizeGreaterThanOrEqualTo(2);
    assertThat(shown)
        .allSatisfy(
            row ->
                assertThat(shell.said().lines().map(NodeTest::columns))
                    .anyMatch(line -> line.startsWith(row)));
  }

  @Test
  void neitherReplicaWasRefusedAnything() {
    List<String> logs =
        pods().stream()
            .filter(pod -> !Nodes.isWorker(pod))
            .map(pod -> client.pods().resource(pod).getLog())
            .toList();

    assertThat(logs)
        .hasSize(2)
        .allSatisfy(
            log ->
                assertThat(log)
                    .contains("\"level\":\"INFO\"")
                    .doesNotContain("Forbidden")
                    .doesNotContain("\"level\":\"ERROR\""));
  }

  @Test
  void aWorkerThatIsKilledGoesOnFromItsCheckpointToTheSameBits() throws Exception {
    ObjectNode sweep = named("killed", MANIFEST);
    ObjectNode spec = (ObjectNode) sweep.get("spec");
    spec.putArray("budgets").add(5e10);
    ((ObjectNode) spec.get("training")).put("checkpointInterval", "PT2S");
    ((ObjectNode) spec.get("scheduling")).put("extraSizes", 0);
    apply(sweep);

    until("a worker has written a checkpoint", () -> !withCheckpoint("killed").isEmpty());
    Pod killed = withCheckpoint("killed").get(0);
    String trial = trial(killed);
    node.kill(killed);
    until("finished", () -> isFinished("killed"));

    Map<String, Double> undisturbed = losses(SWEEP);
    undisturbed.keySet().removeIf(point -> !point.startsWith("5e10-"));
    assertThat(undisturbed).hasSize(5);
    assertThat(losses("killed")).isEqualTo(undisturbed);
    TrialStatus status =
        requireNonNull(
            client.resources(Trial.class).inNamespace(NAMESPACE).withName(trial).get().getStatus());
    assertThat(status.attempt()).isEqualTo(2);
    assertThat(status.disruptions()).isEqualTo(1);
    assertThat(status.failures()).isZero();
    assertThat(pods())
        .filteredOn(pod -> trial.equals(trial(pod)))
        .filteredOn(pod -> "Succeeded".equals(pod.getStatus().getPhase()))
        .singleElement()
        .satisfies(
            pod ->
                assertThat(client.pods().resource(pod).getLog())
                    .containsPattern("resumed from the checkpoint at step [1-9]"));
  }

  @Test
  void dataOnAVolumeOfTheTemplateIsTrainedOn() throws Exception {
    Random random = new Random(1);
    Pictures.write(claim("pictures"), "train", 64, random);
    Pictures.write(claim("pictures"), "held-out", 64, random);
    node.offer(claim("pictures"), "pictures");
    apply(named("pictures", Path.of("../examples/claim.yaml")));
    ObjectNode sweep = named("mounted", MANIFEST);
    ObjectNode spec = (ObjectNode) sweep.get("spec");
    spec.putArray("budgets").add(8e9);
    ((ObjectNode) spec.get("evaluation")).put("samples", 64);
    ((ObjectNode) spec.get("scheduling")).put("extraSizes", 0);
    ObjectNode data = (ObjectNode) spec.get("data");
    data.set("train", Pictures.dataset("/data", "train"));
    data.putArray("evaluation").add(Pictures.dataset("/data", "held-out"));
    ObjectNode pod = (ObjectNode) spec.at("/scheduling/podTemplate/spec");
    pod.putArray("volumes")
        .add(Chart.YAML.readTree("{name: data, persistentVolumeClaim: {claimName: pictures}}"));
    ((ObjectNode) pod.at("/containers/0"))
        .putArray("volumeMounts")
        .add(Chart.YAML.readTree("{name: data, mountPath: /data, readOnly: true}"));
    apply(sweep);

    until("finished", () -> isFinished("mounted"));

    TrialCounts trials = requireNonNull(requireNonNull(found("mounted").getStatus()).trials());
    assertThat(trials.succeeded()).isEqualTo(5).isEqualTo(trials.planned());
  }

  /** Trains the trials of the smallest budget in processes of this machine. */
  private static Map<String, Double> trainHere() throws IOException, InterruptedException {
    ObjectNode sweep = named(SWEEP, MANIFEST);
    ((ObjectNode) sweep.get("spec")).putArray("budgets").add(8e9);
    ((ObjectNode) sweep.at("/spec/scheduling")).put("extraSizes", 0);
    Path output = folder.resolve("local.txt");
    Process run =
        new ProcessBuilder(
                PodProcess.java(),
                "-Disoflop.worker=" + PodProcess.jar("worker"),
                "-jar",
                PodProcess.jar("operator"),
                "run",
                written(sweep).toString(),
                "--dir",
                folder.resolve("runs").toString(),
                "--parallel",
                "2",
                "--threads",
                "1")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    // 1: it is done, and a single budget has no laws.
    assertThat(run.waitFor()).as(Files.readString(output)).isEqualTo(1);
    return TrialLosses.of(folder.resolve("runs").resolve(SWEEP).resolve("trials.csv"), SWEEP);
  }

  /** An example under another name. */
  private static ObjectNode named(String name, Path example) throws IOException {
    ObjectNode resource = (ObjectNode) Chart.YAML.readTree(example.toFile());
    ((ObjectNode) resource.get("metadata")).put("name", name);
    return resource;
  }

  private static Path written(ObjectNode resource) throws IOException {
    Path file = folder.resolve(resource.at("/metadata/name").asText() + ".yaml");
    return Files.writeString(file, Chart.YAML.writeValueAsString(resource));
  }

  private static void apply(ObjectNode resource) throws IOException, InterruptedException {
    shell.run("kubectl -n " + NAMESPACE + " apply -f " + written(resource));
  }

  private static ScalingSweep found(String sweep) {
    return client.resources(ScalingSweep.class).inNamespace(NAMESPACE).withName(sweep).get();
  }

  private static boolean isFinished(String sweep) {
    return Optional.ofNullable(found(sweep).getStatus()).stream()
        .flatMap(status -> status.conditions().stream())
        .anyMatch(
            condition ->
                condition.getType().equals("Finished") && condition.getStatus().equals("True"));
  }

  private static Map<String, Double> losses(String sweep) {
    return TrialLosses.of(client, NAMESPACE, sweep);
  }

  private static List<Pod> pods() {
    return client.pods().inNamespace(NAMESPACE).list().getItems();
  }

  private static String trial(Pod pod) {
    return pod.getMetadata().getLabels().getOrDefault("isoflop.dev/trial", "");
  }

  /** The workers of a sweep that train and have left a checkpoint on the volume. */
  private static List<Pod> withCheckpoint(String sweep) {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("isoflop.dev/sweep", sweep)
        .list()
        .getItems()
        .stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .filter(pod -> hasCheckpoint(trialFolder(sweep, trial(pod))))
        .toList();
  }

  private static boolean hasCheckpoint(Path trial) {
    String @Nullable [] checkpoints =
        trial
            .resolve(TrialFiles.CHECKPOINT)
            .toFile()
            .list((where, name) -> name.endsWith(".checkpoint"));
    return checkpoints != null && checkpoints.length > 0;
  }

  /** A folder on the volume, where {@code storage.path} is what it is by default. */
  private static Path trialFolder(String sweep, String trial) {
    return claim("isoflop").resolve("sweeps").resolve(sweep).resolve(trial);
  }

  private static String columns(String line) {
    return line.strip().replaceAll("\\s+", " ");
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      node.check();
      assertThat(Instant.now()).as(what).isBefore(end);
      Thread.sleep(500);
    }
  }
}
