package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.kubernetes.MockedCluster;
import dev.isoflop.operator.kubernetes.RunningCluster;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.reconcile.StatusWrite;
import dev.isoflop.operator.meters.MeterNames;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One resource that cannot be read, or served, holds up no other. */
@EnableKubernetesMockClient(crud = true, https = false)
class UnreadableResourcesTest {
  /** More than the field's type holds; a schema without bounds would have kept it. */
  private static final String TOO_LARGE = "99999999999";

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  @BeforeEach
  void prepare() {
    MockedCluster.prepare(client);
  }

  /** Stores a sweep with a field of its scheduling as nobody's types have it. */
  private void create(String name, String field, String json) {
    ObjectNode sweep =
        Serialization.unmarshal(
            Serialization.asJson(SmallSweeps.of(name, SmallSweeps.specs())), ObjectNode.class);
    ((ObjectNode) sweep.at("/spec/scheduling"))
        .set(field, Serialization.unmarshal(json, JsonNode.class));
    client
        .resource(Serialization.unmarshal(sweep.toString(), GenericKubernetesResource.class))
        .create();
  }

  private Optional<Condition> accepted(String name) {
    try (WatchedResources watched = new WatchedResources(client)) {
      ScalingSweep sweep =
          watched
              .client()
              .resources(ScalingSweep.class)
              .inNamespace("default")
              .withName(name)
              .get();
      return sweep.getStatus() == null
          ? Optional.empty()
          : ConditionType.Accepted.in(sweep.getStatus().conditions());
    }
  }

  @Test
  void aListHoldsTheOthersAndNamesTheField() {
    client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
    create("unreadable", "extraSizes", TOO_LARGE);
    try (WatchedResources watched = new WatchedResources(client)) {
      List<ScalingSweep> sweeps =
          watched.client().resources(ScalingSweep.class).inNamespace("default").list().getItems();
      assertThat(sweeps).hasSize(2);
      assertThat(sweeps)
          .filteredOn(Unreadable::is)
          .singleElement()
          .satisfies(
              sweep -> {
                assertThat(sweep.getMetadata().getName()).isEqualTo("unreadable");
                assertThat(sweep.getMetadata().getUid()).isNotNull();
                assertThat(sweep.getSpec()).isNull();
                assertThat(Unreadable.problem(sweep))
                    .contains(
                        "spec.scheduling.extraSizes: 99999999999 cannot be read by this release;"
                            + " change it, or compare the CRD with the operator's");
              });
    }
  }

  @Test
  void sweepsThatCannotBeReadAreMarkedAndTheOthersServed() {
    create("before", "extraSizes", TOO_LARGE);
    try (WatchedResources lenient = new WatchedResources(client);
        RunningCluster cluster = new RunningCluster(lenient.writer(), StatusWrite.Update, true)) {
      cluster.operator(client, "one");
      create("later", "extraSizes", TOO_LARGE);
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      for (String name : List.of("before", "later")) {
        cluster.until(name + " marked", () -> accepted(name).isPresent());
        Condition condition = accepted(name).orElseThrow();
        assertThat(condition.getStatus()).isEqualTo("False");
        assertThat(condition.getReason()).isEqualTo("Unreadable");
        assertThat(condition.getMessage()).startsWith("spec.scheduling.extraSizes: 99999999999");
        assertThat(events(name)).extracting(Event::getReason).contains("Unreadable");
      }
      assertThat(
              cluster
                  .meters
                  .get(MeterNames.UNREADABLE)
                  .tag(MeterNames.KIND, "ScalingSweep")
                  .gauge()
                  .value())
          .isEqualTo(2);
    }
  }

  /** The amounts that ended the operator at every start. */
  @Test
  void amountsThatAreNoneAreRefusedByName() {
    create("empty", "resources", "{\"cpu\": \"\"}");
    create("letters", "resources", "{\"cpu\": \"abc\"}");
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true)) {
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      for (String name : List.of("empty", "letters")) {
        cluster.until(name + " refused", () -> accepted(name).isPresent());
        assertThat(accepted(name).orElseThrow().getMessage())
            .startsWith("spec.scheduling.resources.cpu: ");
      }
      assertThat(cluster.store.trials())
          .as("nothing of the refused ones")
          .hasSize(9)
          .allSatisfy(trial -> assertThat(trial.getSpec().sweep()).isEqualTo("sweep"));
    }
  }

  @Test
  void aSweepWhoseTurnsBreakOffSaysSoAndTheOthersGoOn() {
    try (RunningCluster cluster = new RunningCluster(client, StatusWrite.Update, true)) {
      LawFitter fitter = new LawFitter(1);
      cluster.decider =
          new SweepDecider(
              (points, options) -> {
                if (points.stream().anyMatch(point -> point.trial().startsWith("broken"))) {
                  throw new IllegalStateException("a fault for the test");
                }
                return fitter.fit(points, options);
              },
              "isoflop test");
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("broken", SmallSweeps.specs())).create();
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      cluster.until("named", () -> cluster.isTrue("broken", ConditionType.Degraded));
      Condition degraded =
          ConditionType.Degraded.in(cluster.sweep("broken").getStatus().conditions()).orElseThrow();
      assertThat(degraded.getReason()).isEqualTo("InternalError");
      assertThat(degraded.getMessage())
          .isEqualTo(
              "the operator failed in its work on this sweep, and tries again; its log has the"
                  + " fault, which is worth a report");
      assertThat(events("broken")).extracting(Event::getReason).contains("InternalError");
      assertThat(cluster.meters.get(MeterNames.FAILING_SWEEPS).gauge().value()).isEqualTo(1);
    }
  }

  private List<Event> events(String about) {
    return client.events().v1().events().inNamespace("default").list().getItems().stream()
        .filter(event -> event.getRegarding().getName().equals(about))
        .toList();
  }

  @Test
  void aTrialThatCannotBeReadIsLeftAloneAndNamed() {
    Simulation simulation = new Simulation(SmallSweeps.specs());
    simulation.turn();
    Trial whole = simulation.trial(8);
    Trial stub = new Trial();
    stub.setMetadata(new ObjectMetaBuilder(whole.getMetadata()).build());
    Unreadable.mark(stub, "status.outcome.reason: 'Melted' cannot be read by this release");
    simulation.memory.edit(stub);

    simulation.run(100);

    assertThat(simulation.kubelet.completions)
        .hasSize(8)
        .doesNotContainKey(whole.getMetadata().getName());
    Condition degraded = simulation.condition(ConditionType.Degraded);
    assertThat(degraded.getReason()).isEqualTo("UnreadableTrials");
    assertThat(degraded.getMessage())
        .isEqualTo(
            "1 trial cannot be read by this release, so not run: %s; see its events"
                .formatted(whole.getMetadata().getName()));
    assertThat(simulation.isTrue(ConditionType.Finished)).isFalse();
    assertThat(simulation.memory.events())
        .filteredOn(event -> event.getReason().equals("Unreadable"))
        .singleElement()
        .satisfies(event -> assertThat(event.getNote()).contains("'Melted'"));
    simulation.turn();
    int writes = simulation.memory.writes;
    simulation.turn();
    assertThat(simulation.memory.writes).as("nothing new").isEqualTo(writes);

    whole.getMetadata().setResourceVersion(null);
    simulation.memory.edit(whole);
    simulation.runToFinish().checkPromises();
  }
}
