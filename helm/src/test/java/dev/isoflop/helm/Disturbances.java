package dev.isoflop.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A sweep of experiments that another sweep has trained undisturbed. Its longest worker is evicted
 * in the middle and the leading operator is killed; the numbers must be the same, bit for bit.
 */
final class Disturbances {
  private static final String SWEEP = "disturbed";
  private static final List<Double> BUDGETS = List.of(8e9, 2e10, 5e10);
  private static final String LEFT_OUT = "1-28e11-";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final Nodes nodes;
  private final String namespace;
  private final String undisturbed;

  Disturbances(KubernetesClient client, Nodes nodes, String namespace, String undisturbed) {
    this.client = client;
    this.nodes = nodes;
    this.namespace = namespace;
    this.undisturbed = undisturbed;
  }

  void run() {
    Map<String, Double> expected = losses(undisturbed);
    expected.keySet().removeIf(point -> point.startsWith(LEFT_OUT));
    ScalingSweep sweep = new ScalingSweep();
    sweep.setMetadata(new ObjectMetaBuilder().withName(SWEEP).withNamespace(namespace).build());
    sweep.setSpec(smaller(sweep(undisturbed).getSpec()));
    client.resource(sweep).create();

    until("a worker trains its largest budget", () -> !working().isEmpty());
    Pod evicted = working().get(0);
    assertThat(
            client.pods().inNamespace(namespace).withName(evicted.getMetadata().getName()).evict())
        .isTrue();
    String leader = leader();
    nodes.kill(client.pods().inNamespace(namespace).withName(leader).get());
    until("another operator leads", () -> !leader.equals(leader()));
    until("finished", () -> isFinished());

    assertThat(losses(SWEEP)).isNotEmpty().isEqualTo(expected);
    String trial = evicted.getMetadata().getLabels().get("isoflop.dev/trial");
    TrialStatus status =
        requireNonNull(
            client.resources(Trial.class).inNamespace(namespace).withName(trial).get().getStatus());
    assertThat(status.failures()).isZero();
    assertThat(status.attempt()).as("the same Job went on").isEqualTo(1);
    assertThat(
            pods().stream()
                .filter(pod -> trial.equals(pod.getMetadata().getLabels().get("isoflop.dev/trial")))
                .filter(pod -> "Succeeded".equals(pod.getStatus().getPhase())))
        .hasSize(1);
  }

  private static ScalingSweepSpec smaller(ScalingSweepSpec spec) {
    return new ScalingSweepSpec(
        BUDGETS,
        spec.flopConvention(),
        spec.grid(),
        spec.model(),
        spec.data(),
        spec.training(),
        spec.evaluation(),
        spec.scheduling(),
        spec.storage(),
        spec.collection(),
        spec.laws(),
        false);
  }

  private ScalingSweep sweep(String name) {
    return client.resources(ScalingSweep.class).inNamespace(namespace).withName(name).get();
  }

  private boolean isFinished() {
    return sweep(SWEEP).getStatus() != null
        && requireNonNull(sweep(SWEEP).getStatus()).conditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Finished") && condition.getStatus().equals("True"));
  }

  private Map<String, Double> losses(String of) {
    return TrialLosses.of(client, namespace, of);
  }

  private List<Pod> pods() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("isoflop.dev/sweep", SWEEP)
        .list()
        .getItems();
  }

  /** Workers in the middle of their training, those of the largest budget. */
  private List<Pod> working() {
    return pods().stream()
        .filter(pod -> pod.getMetadata().getName().contains("-5e10-"))
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .filter(pod -> isReady(pod))
        .toList();
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(
            condition ->
                condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private String leader() {
    return client
        .leases()
        .inNamespace(namespace)
        .withName("isoflop")
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  private void until(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      nodes.check();
      assertThat(Instant.now()).as(what).isBefore(end);
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
