package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.operator.kubernetes.JobsInTheWay;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A Job of the name that an attempt's Job should have is there already. */
@EnableKubernetesMockClient(crud = true)
class JobInTheWayTest {
  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  private static Job job(String ownerKind, String ownerUid) {
    return new JobBuilder()
        .withNewMetadata()
        .withName("trial-1")
        .withNamespace("research")
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withKind(ownerKind)
                .withName("trial")
                .withUid(ownerUid)
                .withController(true)
                .build())
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }

  private void create(Job job) throws Exception {
    new ApiCluster(client, StatusWrite.Update, new TrialQuota(Integer.MAX_VALUE, Clock.systemUTC()))
        .create(job);
  }

  @Test
  void oneOfAnEarlierTrialOfThatNameIsBeingCollected() {
    client.resource(job("Trial", "before")).create();

    assertThatThrownBy(() -> create(job("Trial", "now")))
        .isInstanceOf(JobInTheWayException.class)
        .hasMessageContaining("earlier trial of this name is still being collected");
  }

  @Test
  void oneOfSomethingElseIsNamedWithItsOwner() {
    client.resource(job("CronJob", "other")).create();

    assertThatThrownBy(() -> create(job("Trial", "now")))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining("belongs to CronJob trial");
  }

  @Test
  void oneOfTheTrialItselfIsAsGood() throws Exception {
    client.resource(job("Trial", "now")).create();

    create(job("Trial", "now"));

    assertThat(client.batch().v1().jobs().inNamespace("research").list().getItems()).hasSize(1);
  }

  @Test
  void itIsWaitedForQuietlyAndHoldsUpNoOtherTrial() {
    Specs specs = SmallSweeps.specs();
    Simulation simulation = new Simulation(specs);
    String first = specs.plan("sweep").trials().get(0).name();
    boolean[] inTheWay = {true};
    simulation.through(
        cluster ->
            new JobsInTheWay(
                cluster, job -> inTheWay[0] && job.getMetadata().getName().equals(first + "-1")));

    simulation.run(6);
    assertThat(simulation.memory.jobs()).isNotEmpty();
    assertThat(simulation.memory.events()).extracting(Event::getReason).doesNotContain("Waiting");

    simulation.run(14);
    assertThat(simulation.condition(ConditionType.Progressing).getMessage())
        .contains(first + ": the Job is being collected");

    inTheWay[0] = false;
    simulation.runToFinish().checkPromises();
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(9);
  }
}
