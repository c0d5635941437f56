package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.kubernetes.FakeKubelet.End;
import dev.isoflop.operator.kubernetes.MockedCluster;
import dev.isoflop.operator.kubernetes.RecordedCalls;
import dev.isoflop.operator.kubernetes.RunningCluster;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that the operator asks of an API server, for the Roles that grant it. A sweep runs, is
 * suspended and goes on, finds a Job of its own name, and ends; the operator leads by a lease. The
 * pods of another sweep wait for their volumes.
 */
@EnableKubernetesMockClient(crud = true, https = false)
class OperatorCallsTest {
  /** Where the tests of the chart read them. */
  private static final Path FILE = Path.of("target/recorded-verbs.json");

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesMockServer server;

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  /** The mock cannot answer what the SDK asks before it takes part in an election. */
  @BeforeEach
  void allowLeases() {
    server
        .expect()
        .post()
        .withPath("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews")
        .andReturn(
            201,
            new SelfSubjectRulesReviewBuilder()
                .withNewStatus()
                .withIncomplete(false)
                .addNewResourceRule()
                .withApiGroups("coordination.k8s.io")
                .withResources("leases")
                .withVerbs("*")
                .endResourceRule()
                .endStatus()
                .build())
        .always();
  }

  @BeforeEach
  void prepare() {
    MockedCluster.prepare(client);
  }

  @Test
  void theCallsOfASweepFromItsBeginningToItsEnd() throws IOException {
    RecordedCalls recorded = new RecordedCalls(StatusWrite.Update);
    Specs specs = SmallSweeps.specs();
    String trial = specs.plan("sweep").trials().get(0).name();
    String taken = JobResources.name(trial, 1);
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true);
        KubernetesClient operators = recorded.client(client.getConfiguration())) {
      client.resource(foreignJob(taken)).inNamespace(SmallSweeps.NAMESPACE).create();
      cluster.operator(
          operators,
          "one",
          Optional.of(new OperatorSettings.Lease(SmallSweeps.NAMESPACE, "isoflop-operator")));
      client.resource(SmallSweeps.of("sweep", specs)).create();
      cluster.until("told of the Job", () -> waits(cluster, trial));
      client.batch().v1().jobs().inNamespace(SmallSweeps.NAMESPACE).withName(taken).delete();
      suspend(true);
      cluster.until("suspended", () -> "Suspended".equals(progressing(cluster)));
      suspend(false);
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
    }
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true);
        KubernetesClient operators = recorded.client(client.getConfiguration())) {
      cluster.clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
      specs
          .plan("slow")
          .trials()
          .forEach(planned -> cluster.kubelet.script(planned.name(), End.NeverMounts));
      cluster.operator(operators, "two");
      client.resource(SmallSweeps.of("slow", specs)).create();
      cluster.until("asked", () -> calls(recorded).contains("events.k8s.io/events list"));
    }
    recorded.write(FILE);

    assertThat(calls(recorded))
        .contains(
            "isoflop.dev/scalingsweeps/status patch",
            "batch/jobs delete",
            "coordination.k8s.io/leases create",
            "events.k8s.io/events create");
  }

  private static List<String> calls(RecordedCalls recorded) {
    return recorded.calls().stream().map(RecordedCalls.Call::toString).toList();
  }

  private static Job foreignJob(String name) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withSuspend(true)
        .endSpec()
        .build();
  }

  /** Without a resource version, so that no write of the operator comes in between. */
  private void suspend(boolean suspend) {
    client
        .resources(ScalingSweep.class)
        .inNamespace(SmallSweeps.NAMESPACE)
        .withName("sweep")
        .patch(
            PatchContext.of(PatchType.JSON),
            "[{\"op\": \"add\", \"path\": \"/spec/suspend\", \"value\": %b}]".formatted(suspend));
  }

  private static boolean waits(RunningCluster cluster, String trial) {
    return cluster.store.trials().stream()
        .filter(found -> found.getMetadata().getName().equals(trial))
        .flatMap(found -> Optional.ofNullable(found.getStatus()).stream())
        .anyMatch(status -> String.valueOf(status.message()).contains("belongs to something else"));
  }

  private static String progressing(RunningCluster cluster) {
    return Optional.ofNullable(cluster.sweep("sweep").getStatus())
        .flatMap(status -> ConditionType.Progressing.in(status.conditions()))
        .map(condition -> condition.getReason())
        .orElse("");
  }
}
