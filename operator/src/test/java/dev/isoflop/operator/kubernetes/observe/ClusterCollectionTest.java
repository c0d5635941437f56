package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.plan.Specs;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the operator asks for metrics, and how often. */
class ClusterCollectionTest {
  private final Simulation simulation = new Simulation(SmallSweeps.specs());

  @BeforeEach
  void run() {
    for (int i = 0; i < 10 && atWork() < 2; i++) {
      simulation.step();
    }
    assertThat(atWork()).as("workers at work").isEqualTo(2);
  }

  private long atWork() {
    return simulation.memory.pods().stream()
        .filter(pod -> !PodReading.ended(pod) && PodReading.startedAt(pod).isPresent())
        .count();
  }

  private Map<String, URI> workers(List<Job> jobs, List<Pod> pods) {
    return ClusterCollection.workers(
        ClusterView.of(simulation.sweep(), simulation.trials(), jobs, pods));
  }

  private static Pod at(Pod pod, String ip) {
    return new PodBuilder(pod).editStatus().withPodIP(ip).endStatus().build();
  }

  @Test
  void onlyThePodOfTheAttemptThatTheStatusNamesIsAsked() {
    List<Job> jobs = new ArrayList<>(simulation.memory.jobs());
    List<Pod> pods = new ArrayList<>();
    simulation.memory.pods().forEach(pod -> pods.add(at(pod, "10.0.0.1")));
    Map<String, URI> honest = workers(jobs, pods);
    assertThat(honest).hasSize(2).containsValue(URI.create("http://10.0.0.1:9400"));

    // Jobs made by hand, with the labels, annotations and owner of one that the operator made
    for (Job job : List.copyOf(jobs)) {
      for (int i = 0; i < 10; i++) {
        String name = "by-hand-" + i + "-" + job.getMetadata().getName();
        jobs.add(
            0,
            new JobBuilder(job).editMetadata().withName(name).withUid(name).endMetadata().build());
        for (Pod pod : simulation.memory.pods()) {
          pods.add(
              0,
              new PodBuilder(at(pod, "10.6.6.6"))
                  .editMetadata()
                  .withName(name)
                  .withUid("pod-" + name)
                  .editFirstOwnerReference()
                  .withUid(name)
                  .endOwnerReference()
                  .endMetadata()
                  .build());
        }
      }
    }
    assertThat(workers(jobs, pods)).isEqualTo(honest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "evil.example",
        "127.0.0.1:80@evil",
        "10.0.0.1/x",
        "10.0.0.1#",
        "::::",
        "[::1]",
        "999.1.1.1",
        "10.0.0.1\nHost: x",
        "fe80::1%eth0"
      })
  void whatIsNoAddressIsNotAskedAndEndsNoTurn(String ip) {
    assertThat(
            workers(
                simulation.memory.jobs(),
                simulation.memory.pods().stream().map(pod -> at(pod, ip)).toList()))
        .isEmpty();
  }

  @Test
  void anAddressOfSixteenBytesIsAsked() {
    assertThat(
            workers(
                simulation.memory.jobs(),
                simulation.memory.pods().stream().map(pod -> at(pod, "fd00::1")).toList()))
        .containsValue(URI.create("http://[fd00::1]:9400"));
  }

  @Test
  void anIntervalThatWasStoredBeforeItsBoundIsServedAtTheBound() {
    Specs specs = SmallSweeps.specs();
    specs.collection = new CollectionSpec(null, "PT1S");
    assertThat(ClusterCollection.interval(SmallSweeps.of("sweep", specs)))
        .isEqualTo(Duration.ofSeconds(5));
    specs.collection = new CollectionSpec(null, "PT30S");
    assertThat(ClusterCollection.interval(SmallSweeps.of("sweep", specs)))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void oneCollectionOfASweepIsAtWorkAtATime() {
    SweepMetrics metrics = new SweepMetrics(simulation.sweep());
    assertThat(metrics.begin()).isTrue();
    assertThat(metrics.begin()).isFalse();
    metrics.end();
    assertThat(metrics.begin()).isTrue();
  }
}
