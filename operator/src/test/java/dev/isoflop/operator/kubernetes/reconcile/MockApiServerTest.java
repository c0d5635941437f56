package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.operator.kubernetes.DyingOperators;
import dev.isoflop.operator.kubernetes.MockedCluster;
import dev.isoflop.operator.kubernetes.RunningCluster;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole operator against a mock of the API server. */
@EnableKubernetesMockClient(crud = true, https = false)
class MockApiServerTest {
  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  @BeforeEach
  void prepare() {
    MockedCluster.prepare(client);
  }

  @Test
  void aSweepGoesFromAcceptedToFittedLaws() {
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true)) {
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("accepted", () -> cluster.isTrue("sweep", ConditionType.Accepted));
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      ScalingSweepStatus status = Objects.requireNonNull(cluster.sweep("sweep").getStatus());
      assertThat(ConditionType.LawsFitted.isTrue(status.conditions()))
          .as("%s", cluster.store.trials())
          .isTrue();
      assertThat(Objects.requireNonNull(status.trials()).succeeded()).isEqualTo(9);
      assertThat(cluster.kubelet.completions.values()).containsOnly(1).hasSize(9);
      assertThat(cluster.kubelet.mostAtOnce).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aDeletedSweepTakesItsTrialsAndJobsWithIt() {
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true)) {
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("jobs", () -> !cluster.store.jobs().isEmpty());
      client.resources(ScalingSweep.class).inNamespace("default").withName("sweep").delete();
      cluster.until("trials gone", () -> cluster.store.trials().isEmpty());
      cluster.until("pods gone", () -> cluster.store.pods().isEmpty());
    }
  }

  @Test
  void twoOperatorsAtOnceDoNoHarm() {
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true)) {
      cluster.operator(client, "one");
      cluster.operator(client, "two");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      assertThat(cluster.kubelet.completions.values()).containsOnly(1).hasSize(9);
      assertThat(cluster.isTrue("sweep", ConditionType.Succeeded)).isTrue();
    }
  }

  @Test
  void whereverTheOperatorDiesAmongItsWritesASweepEndsTheSame() {
    die(7);
  }

  @Test
  @Tag("bench")
  void atEveryWriteThatTheOperatorDiesASweepEndsTheSame() {
    die(1);
  }

  private void die(int stride) {
    new DyingOperators(
            client,
            () -> new RunningCluster(client, StatusWrite.Update, true),
            SmallSweeps.specs().withBudgets(1e10))
        .dieEverywhere(stride);
  }
}
