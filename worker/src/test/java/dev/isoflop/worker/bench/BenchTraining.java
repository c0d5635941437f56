package dev.isoflop.worker.bench;

import dev.isoflop.api.v1alpha1.training.OptimizerSpec;
import dev.isoflop.api.v1alpha1.training.Precision;
import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import dev.isoflop.api.v1alpha1.training.TimestepSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;

/** The recipe of the benchmarks. */
final class BenchTraining {
  static final TrainingSpec SPEC =
      new TrainingSpec(
          64,
          null,
          false,
          new OptimizerSpec(1e-3, 0.9, 0.95, 1e-8, 0.01),
          new ScheduleSpec(ScheduleType.Constant, 0.0, 0.2, 0.0),
          new TimestepSpec(0.0, 1.0),
          0.1,
          1.0,
          0.999,
          Precision.FP32,
          "PT10M",
          0L);

  private BenchTraining() {}
}
