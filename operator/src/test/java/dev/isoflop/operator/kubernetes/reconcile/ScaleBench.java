package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.TestClock;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.kubernetes.CountedWrites;
import dev.isoflop.operator.kubernetes.FakeJobController;
import dev.isoflop.operator.kubernetes.FakeKubelet;
import dev.isoflop.operator.kubernetes.MemoryCluster;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.observe.Collection;
import dev.isoflop.operator.kubernetes.observe.Enquiries;
import dev.isoflop.operator.kubernetes.resources.WorkerSettings;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What sweeps cost the operator, on a cluster in memory with its own Job controller and nodes: time
 * of turns, and writes.
 */
@Tag("bench")
class ScaleBench {

  /** A grid of budgets and repeats; ten sizes or so at each budget. */
  private static Specs grid(int budgets, int repeats) {
    Specs specs = Specs.small();
    specs.budgets =
        IntStream.range(0, budgets)
            .mapToObj(i -> 1e12 * StrictMath.pow(10, i * 3.0 / budgets))
            .toList();
    specs.trialsPerBudget = 10;
    specs.repeats = repeats;
    specs.layers = new LayerRange(1, 60);
    specs.maxParallel = 100;
    return specs;
  }

  @ParameterizedTest
  @CsvSource({"10, 1", "15, 2", "20, 5", "25, 12"})
  void trialsOfOneSweep(int budgets, int repeats) {
    Measured measured = new Measured(1, grid(budgets, repeats));
    measured.run();
    measured.print();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300, 1000})
  void sweepsOfTenTrials(int sweeps) {
    Specs specs = SmallSweeps.specs();
    specs.trialsPerBudget = 4;
    specs.withBudgets(1e11, 3e11, 1e12);
    specs.span = 4;
    Measured measured = new Measured(sweeps, specs);
    measured.run();
    measured.print();
  }

  /** Sweeps of one operator, each in a namespace of its own. */
  private static final class Measured {
    private final Map<String, MemoryCluster> namespaces = new HashMap<>();
    private final List<Simulated> sweeps = new ArrayList<>();
    private final TestClock clock = TestClock.standing();
    private final CountedWrites writes;
    private final SweepTurn operator;
    private final List<Double> milliseconds = new ArrayList<>();
    private int idle = 0;

    /** One namespace. */
    private static final class Simulated {
      final MemoryCluster memory;
      final FakeJobController controller;
      final FakeKubelet kubelet;

      Simulated(MemoryCluster memory) {
        this.memory = memory;
        controller = new FakeJobController(memory);
        kubelet = new FakeKubelet(memory);
      }

      boolean finished() {
        return memory.sweep().getStatus() != null
            && ConditionType.Finished.isTrue(
                Objects.requireNonNull(memory.sweep().getStatus()).conditions());
      }
    }

    Measured(int count, Specs specs) {
      writes =
          new CountedWrites(
              resource ->
                  Objects.requireNonNull(namespaces.get(resource.getMetadata().getNamespace())));
      for (int i = 0; i < count; i++) {
        String namespace = "n" + i;
        MemoryCluster memory = new MemoryCluster(namespace + "-");
        memory.insert(SmallSweeps.of(namespace, "sweep", specs));
        namespaces.put(namespace, memory);
        sweeps.add(new Simulated(memory));
      }
      operator =
          new SweepTurn(
              new Admission(),
              new SweepDecider(new LawFitter(2)::fit, "isoflop bench"),
              writes,
              new WorkerSettings("worker:bench", "IfNotPresent"),
              new EventResources("bench"),
              Collection.none(),
              Enquiries.none(),
              clock,
              new OperatorMetrics(new SimpleMeterRegistry()));
    }

    void run() {
      boolean unfinished = true;
      while (unfinished) {
        unfinished = false;
        for (Simulated sweep : sweeps) {
          if (!sweep.finished()) {
            unfinished = true;
            turn(sweep, milliseconds);
            sweep.controller.tick(clock.instant());
            sweep.kubelet.tick(clock.instant());
          }
        }
        clock.pass(Duration.ofSeconds(5));
      }
      List<Double> ignored = new ArrayList<>();
      for (Simulated sweep : sweeps) {
        turn(sweep, ignored);
        turn(sweep, ignored);
      }
      int before = writes.all();
      sweeps.forEach(sweep -> turn(sweep, ignored));
      idle = writes.all() - before;
    }

    private void turn(Simulated sweep, List<Double> times) {
      ClusterView view = sweep.memory.view();
      long began = System.nanoTime();
      operator.take(view);
      times.add((System.nanoTime() - began) / 1e6);
    }

    void print() {
      int trials = sweeps.stream().mapToInt(sweep -> sweep.memory.trials().size()).sum();
      double seconds = milliseconds.stream().mapToDouble(Double::doubleValue).sum() / 1e3;
      int turns = milliseconds.size();
      milliseconds.sort(Double::compare);
      assertThat(idle).as("writes where nothing changes").isZero();
      System.out.printf(
          "%d sweeps, %d trials: %.2f turns a trial, %.0f trials a second; turns: median %.1f ms,"
              + " 99 %% %.1f ms, longest %.0f ms; writes a trial: %.2f to itself, %.2f Jobs, %.2f"
              + " events; sweep status %.2f a turn; status %d bytes; %s%n",
          sweeps.size(),
          trials,
          turns / (double) trials,
          trials / seconds,
          milliseconds.get(turns / 2),
          milliseconds.get((int) (0.99 * (turns - 1))),
          milliseconds.get(turns - 1),
          (writes.of("trial created") + writes.of("trial status")) / (double) trials,
          (writes.of("job created") + writes.of("job expiry") + writes.of("job deleted"))
              / (double) trials,
          writes.of("event") / (double) trials,
          writes.of("sweep status") / (double) turns,
          Serialization.asJson(sweeps.get(0).memory.sweep().getStatus()).length(),
          writes);
    }
  }
}
