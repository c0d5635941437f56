package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.Ends;
import dev.isoflop.operator.kubernetes.FaultProxy;
import dev.isoflop.operator.kubernetes.RealApiServer;
import dev.isoflop.operator.kubernetes.RunningCluster;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The operator behind a connection to a real API server that is spoiled in every way. */
@EnabledIfEnvironmentVariable(
    named = "KUBE_API_TEST_DIR",
    matches = ".+",
    disabledReason =
        "needs a real API server: point KUBE_API_TEST_DIR at a folder with"
            + " k8s/<version>-linux-amd64/{etcd,kube-apiserver,kubectl}")
class SpoiledConnectionTest {
  private static RealApiServer server;
  private static KubernetesClient client;
  private static Optional<ScalingSweepStatus> undisturbed = Optional.empty();

  private FaultProxy proxy;
  private KubernetesClient through;
  private RunningCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    server = RealApiServer.start();
    client = server.client();
    try (RunningCluster cluster =
            new RunningCluster(client, StatusWrite.Apply, !server.runsJobs());
        KubernetesClient operators = server.client()) {
      cluster.operator(operators, "undisturbed");
      client.resource(SmallSweeps.of("whole", SmallSweeps.specs())).create();
      cluster.until("finished", () -> cluster.isTrue("whole", ConditionType.Finished));
      undisturbed = Optional.of(Ends.status(cluster, "whole"));
    }
    clean(client);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void connect() throws IOException {
    proxy = new FaultProxy(client.getConfiguration());
    through = proxy.client();
    cluster = new RunningCluster(client, StatusWrite.Apply, !server.runsJobs());
    cluster.operator(through, "one");
  }

  @AfterEach
  void disconnect() {
    proxy.comeBack();
    proxy.spoil(request -> FaultProxy.Fault.None);
    cluster.close();
    through.close();
    proxy.close();
    clean(client);
  }

  private static void clean(KubernetesClient client) {
    client.resources(ScalingSweep.class).inNamespace("default").delete();
    client.resources(Trial.class).inNamespace("default").delete();
    client.resources(Job.class).inNamespace("default").delete();
    client.pods().inNamespace("default").withGracePeriod(0).delete();
  }

  private void create() {
    client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
  }

  private void finish() {
    cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
    assertThat(proxy.spoiled()).as("things that went wrong").isPositive();
    Ends.check(cluster, "sweep", undisturbed);
  }

  @Test
  void anApiServerThatIsAwayForAMinuteCostsAMinute() {
    create();
    cluster.until("two are done", () -> cluster.kubelet.completions.size() >= 2);
    proxy.goAway();
    Instant back = Instant.now().plus(Duration.ofMinutes(1));
    cluster.until("a minute is over", () -> Instant.now().isAfter(back), Duration.ofMinutes(2));
    assertThat(cluster.kubelet.mostAtOnce).isLessThanOrEqualTo(2);
    assertThat(cluster.isTrue("sweep", ConditionType.Finished)).isFalse();
    proxy.comeBack();
    finish();
  }

  @Test
  void burstsOfRefusalsAreTriedAgain() {
    Random random = new Random(1);
    proxy.spoil(
        request -> {
          boolean burst = System.nanoTime() / 500_000_000L % 2 == 0;
          return !burst || random.nextInt(3) == 0
              ? FaultProxy.Fault.None
              : switch (random.nextInt(3)) {
                case 0 -> FaultProxy.Fault.TooManyRequests;
                case 1 -> FaultProxy.Fault.InternalError;
                default -> FaultProxy.Fault.Unavailable;
              };
        });
    create();
    finish();
  }

  @Test
  void callsWhoseAnswersAreLostAreNotDoneTwice() {
    Random random = new Random(2);
    proxy.spoil(
        request ->
            switch (random.nextInt(8)) {
              case 0 -> FaultProxy.Fault.LoseAnswer;
              case 1 -> FaultProxy.Fault.HangUp;
              default -> FaultProxy.Fault.None;
            });
    create();
    finish();
  }

  @Test
  void watchesThatAreCutAreTakenUpAgain() {
    create();
    Instant[] next = {Instant.now()};
    cluster.until(
        "finished",
        () -> {
          if (Instant.now().isAfter(next[0])) {
            proxy.cutWatches();
            next[0] = Instant.now().plusMillis(1500);
          }
          return cluster.isTrue("sweep", ConditionType.Finished);
        });
    finish();
  }

  @Test
  void eventsThatComeLateAndTwiceDoNoHarm() {
    proxy.delayEvents(Duration.ofMillis(700));
    proxy.repeatEvents();
    proxy.cutWatches();
    create();
    finish();
  }
}
