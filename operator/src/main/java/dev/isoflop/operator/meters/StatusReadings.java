package dev.isoflop.operator.meters;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;

/** The gauges of how a sweep goes. What the status does not know yet is absent, not zero. */
final class StatusReadings {
  private static final double SECONDS_PER_HOUR = 3600;

  private StatusReadings() {}

  static List<Reading> of(ScalingSweepStatus status) {
    List<Reading> readings = new ArrayList<>();
    if (status.trials() != null) {
      addTrials(readings, status.trials());
    }
    if (status.compute() != null) {
      addCompute(readings, status.compute());
    }
    for (Condition condition : status.conditions()) {
      switch (condition.getStatus()) {
        case "True" -> readings.add(condition(condition, 1));
        case "False" -> readings.add(condition(condition, 0));
        // Unknown says nothing, and neither does a gauge that is absent.
        default -> {}
      }
    }
    return readings;
  }

  private static Reading condition(Condition condition, double value) {
    return Reading.of(MeterNames.CONDITION, value, MeterNames.TYPE, condition.getType());
  }

  private static void addTrials(List<Reading> readings, TrialCounts trials) {
    readings.add(Reading.of(MeterNames.TRIALS_PLANNED, trials.planned()));
    readings.add(trials("queued", trials.queued()));
    readings.add(trials("running", trials.running()));
    readings.add(trials("succeeded", trials.succeeded()));
    readings.add(trials("excluded", trials.excluded()));
    readings.add(trials("failed", trials.failed()));
  }

  private static Reading trials(String state, int count) {
    return Reading.of(MeterNames.TRIALS, count, MeterNames.STATE, state);
  }

  private static void addCompute(List<Reading> readings, ComputeStatus compute) {
    readings.add(Reading.of(MeterNames.FLOPS_PLANNED, compute.plannedFlops()));
    readings.add(Reading.of(MeterNames.FLOPS_SPENT, compute.spentFlops()));
    readings.add(
        Reading.of(MeterNames.ACCELERATOR_SECONDS, compute.acceleratorHours() * SECONDS_PER_HOUR));
  }
}
