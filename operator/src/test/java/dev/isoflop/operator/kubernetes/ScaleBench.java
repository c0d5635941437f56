package dev.isoflop.operator.kubernetes;

import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.ConditionType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sweeps of many trials cost the operator, on a cluster in memory: time of turns, writes. */
@Tag("bench")
class ScaleBench {

  @ParameterizedTest
  @ValueSource(ints = {12, 38, 112})
  void trialsOfOneSweep(int repeats) {
    Specs specs = SmallSweeps.specs();
    specs.repeats = repeats;
    specs.maxParallel = 200;
    Simulation simulation = new Simulation(specs);
    List<Double> milliseconds = new ArrayList<>();
    int turns = 0;
    while (!simulation.isTrue(ConditionType.Finished)) {
      long began = System.nanoTime();
      simulation.turn();
      milliseconds.add((System.nanoTime() - began) / 1e6);
      simulation.pass();
      turns++;
    }
    milliseconds.sort(Double::compare);
    int trials = simulation.trials().size();
    System.out.printf(
        "%d trials: %d turns, median %.0f ms, 99 %% %.0f ms, %.1f writes a trial, status %d"
            + " bytes%n",
        trials,
        turns,
        milliseconds.get(milliseconds.size() / 2),
        milliseconds.get((int) (0.99 * (milliseconds.size() - 1))),
        simulation.memory.writes / (double) trials,
        Serialization.asJson(simulation.status()).length());
  }
}
