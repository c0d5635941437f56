package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.TrialStatusBuilder;
import dev.isoflop.operator.kubernetes.FakeKubelet.End;
import dev.isoflop.operator.kubernetes.Forgery;
import dev.isoflop.operator.kubernetes.RealApiServer;
import dev.isoflop.operator.kubernetes.RunningCluster;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.resources.TrialResources;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A user who may create Jobs and read trials, and nothing else, against a real API server. */
@EnabledIfEnvironmentVariable(
    named = "KUBE_API_TEST_DIR",
    matches = ".+",
    disabledReason = "needs a real API server, as RealApiServerTest does")
class JobForgerTest {
  private static RealApiServer server;
  private static KubernetesClient client;
  private static KubernetesClient forger;

  @BeforeAll
  static void start() throws IOException {
    server = RealApiServer.start();
    client = server.client();
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("forger")
                .withNamespace(SmallSweeps.NAMESPACE)
                .endMetadata()
                .addNewRule()
                .withApiGroups("batch")
                .withResources("jobs")
                .withVerbs("create")
                .endRule()
                .addNewRule()
                .withApiGroups("isoflop.dev")
                .withResources("trials")
                .withVerbs("get", "list")
                .endRule()
                .build())
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("forger")
                .withNamespace(SmallSweeps.NAMESPACE)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "forger")
                .addNewSubject("rbac.authorization.k8s.io", "User", "forger", null)
                .build())
        .create();
    Config impersonating =
        new ConfigBuilder(client.getConfiguration()).withImpersonateUsername("forger").build();
    forger = new KubernetesClientBuilder().withConfig(impersonating).build();
  }

  @AfterAll
  static void stop() {
    forger.close();
    client.close();
    server.close();
  }

  private static List<Trial> trials() {
    return forger
        .resources(Trial.class)
        .inNamespace(SmallSweeps.NAMESPACE)
        .list()
        .getItems()
        .stream()
        .filter(trial -> trial.getSpec().sweep().equals("sweep"))
        .toList();
  }

  private static boolean begun(Trial trial) {
    return trial.getStatus() != null && trial.getStatus().attempt() > 0;
  }

  @Test
  void makesNoResult() {
    Specs specs = SmallSweeps.specs();
    List<String> first =
        specs.plan("sweep").trials().stream().limit(2).map(PlannedTrial::name).toList();
    try (RunningCluster cluster =
        new RunningCluster(client, StatusWrite.Apply, !server.runsJobs())) {
      first.forEach(name -> cluster.kubelet.script(name, End.NeverEnds));
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", specs)).create();
      cluster.until("two run", () -> trials().stream().filter(JobForgerTest::begun).count() == 2);
      cluster.until("all are there", () -> trials().size() == 9);
      List<Trial> queued = trials().stream().filter(trial -> !begun(trial)).toList();
      assertThat(queued).hasSize(7);
      queued.forEach(trial -> forger.resource(Forgery.running(trial, 1)).create());
      cluster.until(
          "told",
          () ->
              "ForeignJobs"
                  .equals(
                      ConditionType.Degraded.in(
                              Objects.requireNonNull(cluster.sweep("sweep").getStatus())
                                  .conditions())
                          .orElseThrow()
                          .getReason()));
      first.forEach(cluster.kubelet::release);
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      assertThat(trials())
          .hasSize(9)
          .allSatisfy(
              trial -> {
                TrialStatus status = Objects.requireNonNull(trial.getStatus());
                assertThat(Objects.requireNonNull(status.result()).trainLoss()).isGreaterThan(1.0);
                assertThat(status.failures()).isZero();
                assertThat(status.disruptions()).isZero();
                assertThat(cluster.kubelet.completions)
                    .as("trained to the end")
                    .containsEntry(trial.getMetadata().getName(), 1);
              });
      assertThat(cluster.isTrue("sweep", ConditionType.Succeeded)).isTrue();
    }
  }

  /** The uid is the API server's, and the status is not the forger's to write. */
  @Test
  void cannotWriteWhatTheOperatorRecords() {
    Trial trial =
        TrialResources.of(
            client.resource(SmallSweeps.of("other", SmallSweeps.specs())).create(),
            SmallSweeps.specs().plan("other").trials().get(0));
    Trial created = client.resource(trial).create();
    created.setStatus(TrialStatusBuilder.builder().attempt(1).build());
    assertThatThrownBy(() -> forger.resource(created).updateStatus())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("cannot update resource \"trials/status\"");
  }

  @Test
  void aJobThatChangedSinceItWasReadIsNotRemoved() throws Exception {
    Trial trial =
        TrialResources.of(
            client.resource(SmallSweeps.of("third", SmallSweeps.specs())).create(),
            SmallSweeps.specs().plan("third").trials().get(0));
    Trial created = client.resource(trial).create();
    ApiCluster api =
        new ApiCluster(
            client, StatusWrite.Apply, new TrialQuota(Integer.MAX_VALUE, Clock.systemUTC()));
    Job job = Forgery.running(created, 1);
    job.getSpec().setSuspend(true);
    Job read = client.resource(job).create();
    client
        .resource(read)
        .waitUntilCondition(
            it -> !server.runsJobs() || !it.getStatus().getConditions().isEmpty(),
            30,
            TimeUnit.SECONDS);
    client
        .resource(read)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"changed\":\"yes\"}}}");
    assertThatThrownBy(() -> api.removeForeign(read)).isInstanceOf(StaleViewException.class);
    api.removeForeign(client.resource(read).get());
    assertThat(client.resource(read).get()).isNull();
  }

  /** A watch does not show it, as it has no label. */
  @Test
  void aTrialThatNobodyOwnsIsToldFromOneThatIsOnItsWay() {
    ScalingSweep sweep = client.resource(SmallSweeps.of("fourth", SmallSweeps.specs())).create();
    List<PlannedTrial> planned = SmallSweeps.specs().plan("fourth").trials();
    Trial unowned = TrialResources.of(sweep, planned.get(0));
    unowned.getMetadata().setOwnerReferences(List.of());
    unowned.getMetadata().setLabels(null);
    client.resource(unowned).create();
    client.resource(TrialResources.of(sweep, planned.get(1))).create();
    ApiCluster api =
        new ApiCluster(
            client, StatusWrite.Apply, new TrialQuota(Integer.MAX_VALUE, Clock.systemUTC()));
    assertThatThrownBy(() -> api.create(TrialResources.of(sweep, planned.get(0))))
        .isInstanceOf(TrialInTheWayException.class)
        .hasMessage("belongs to nothing");
    assertThatThrownBy(() -> api.create(TrialResources.of(sweep, planned.get(1))))
        .isInstanceOf(StaleViewException.class);
  }
}
