package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.operator.collect.AllowedHosts;
import dev.isoflop.operator.collect.HostileServer;
import dev.isoflop.operator.kubernetes.MockedCluster;
import dev.isoflop.operator.kubernetes.RunningCluster;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole operator, where a sweep names a Prometheus that means harm. */
@EnableKubernetesMockClient(crud = true, https = false)
class HostilePrometheusTest {
  private final HostileServer server;

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  HostilePrometheusTest() throws IOException {
    server = new HostileServer();
  }

  @BeforeEach
  void prepare() {
    MockedCluster.prepare(client);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void create(String name) {
    Specs specs = SmallSweeps.specs();
    specs.collection = new CollectionSpec("http://127.0.0.1:" + server.port(), "PT5S");
    client.resource(SmallSweeps.of(name, specs)).create();
  }

  @Test
  void nestedArraysWithoutEndDisturbNoSweep() {
    server.endless("HTTP/1.1 200 OK\r\n\r\n{\"data\":{\"result\":", "[".repeat(64));
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true)) {
      cluster.prometheus = new AllowedHosts(List.of("127.0.0.1"), Optional.empty());
      cluster.operator(client, "one");
      create("sweep");
      client.resource(SmallSweeps.of("other", SmallSweeps.specs())).create();
      cluster.until("asked", () -> !server.asked().isEmpty());
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      cluster.until("other finished", () -> cluster.isTrue("other", ConditionType.Finished));
      assertThat(cluster.isTrue("sweep", ConditionType.Succeeded)).isTrue();
    }
  }

  @Test
  void aHostThatTheInstallationDoesNotAllowHearsNothing() {
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true)) {
      cluster.operator(client, "one");
      create("sweep");
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      var conditions = Objects.requireNonNull(cluster.sweep("sweep").getStatus()).conditions();
      assertThat(ConditionType.Accepted.in(conditions).orElseThrow().getReason())
          .isEqualTo("AddressNotAllowed");
      assertThat(cluster.store.jobs()).isEmpty();
      assertThat(server.asked()).isEmpty();
    }
  }
}
