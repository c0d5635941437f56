package dev.isoflop.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.operator.kubernetes.reconcile.SweepOperator;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Ends the operator at its writes to an API server, one sweep for each of them, lets another one
 * take its place, and compares where the sweep comes to.
 */
public final class DyingOperators {
  private final KubernetesClient client;
  private final Supplier<RunningCluster> clusters;
  private final Specs specs;

  public DyingOperators(KubernetesClient client, Supplier<RunningCluster> clusters, Specs specs) {
    this.client = client;
    this.clusters = clusters;
    this.specs = specs;
  }

  /** At each of the writes that a sweep takes, or at every so many of them, in both ways. */
  public void dieEverywhere(int stride) {
    FatalCall none = new FatalCall(0, FatalCall.Way.Lost);
    ScalingSweepStatus undisturbed = sweep("whole", none, Optional.empty());
    int writes = none.writes();
    assertThat(writes).isGreaterThan(15);
    int deaths = 0;
    for (int fatal = 1; fatal <= writes; fatal += stride) {
      for (FatalCall.Way way : FatalCall.Way.values()) {
        FatalCall call = new FatalCall(fatal, way);
        sweep(
            "dies-" + fatal + "-" + way.name().toLowerCase(Locale.ROOT),
            call,
            Optional.of(undisturbed));
        deaths += call.dead() ? 1 : 0;
      }
    }
    assertThat(deaths).isPositive();
    System.out.printf("died at %d of %d writes%n", deaths, writes);
  }

  private ScalingSweepStatus sweep(
      String name, FatalCall fatal, Optional<ScalingSweepStatus> undisturbed) {
    try (RunningCluster cluster = clusters.get();
        KubernetesClient first = fatal.client(client.getConfiguration());
        KubernetesClient second =
            new FatalCall(0, FatalCall.Way.Lost).client(client.getConfiguration())) {
      SweepOperator operator = cluster.operator(first, "first");
      client.resource(SmallSweeps.of(name, specs)).create();
      cluster.until(
          name + " finished or its operator gone",
          () -> fatal.dead() || cluster.isTrue(name, ConditionType.Finished));
      if (fatal.dead()) {
        operator.close();
        cluster.operator(second, "second");
      }
      cluster.until(name + " finished", () -> cluster.isTrue(name, ConditionType.Finished));
      Ends.check(cluster, name, undisturbed);
      ScalingSweepStatus status = Ends.status(cluster, name);
      client
          .resources(ScalingSweep.class)
          .inNamespace(SmallSweeps.NAMESPACE)
          .withName(name)
          .delete();
      cluster.until(name + " gone", () -> cluster.store.pods().isEmpty());
      return status;
    }
  }
}
