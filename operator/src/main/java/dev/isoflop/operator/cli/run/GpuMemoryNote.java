package dev.isoflop.operator.cli.run;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.gpu.Gpu;
import dev.isoflop.operator.gpu.WorkerGpus;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.SweepPlan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells of models that cannot fit a run's GPUs, whatever their batch. */
final class GpuMemoryNote {
  /** FP32 weights, gradients, two moments of AdamW and the moving average of the weights. */
  private static final long BYTES_PER_PARAMETER = 5 * 4;

  private GpuMemoryNote() {}

  /** A warning about the smallest GPU; empty if every model may fit, or memory is not known. */
  static Optional<String> of(SweepPlan plan, WorkerGpus gpus) {
    Optional<Gpu> smallest =
        gpus.gpus().stream()
            .filter(gpu -> gpu.memoryBytes().isPresent())
            .min(Comparator.comparingLong(gpu -> gpu.memoryBytes().orElseThrow()));
    return smallest.flatMap(gpu -> tooLarge(plan, gpu));
  }

  private static Optional<String> tooLarge(SweepPlan plan, Gpu gpu) {
    List<PlannedTrial> tooLarge =
        plan.trials().stream()
            .filter(trial -> leastBytes(trial) > gpu.memoryBytes().orElseThrow())
            .toList();
    return tooLarge.stream()
        .max(Comparator.comparingLong(GpuMemoryNote::leastBytes))
        .map(
            largest ->
                "%s not fit %s: the largest, of %s parameters, takes %.1f GiB before its first activation"
                    .formatted(
                        NumberFormat.several(tooLarge.size(), "trial") + " will",
                        gpu.label(),
                        NumberFormat.count((double) parameters(largest)),
                        Gpu.gibibytes(leastBytes(largest))));
  }

  private static long parameters(PlannedTrial trial) {
    return trial.experiment().shape().totalParameters();
  }

  private static long leastBytes(PlannedTrial trial) {
    return BYTES_PER_PARAMETER * parameters(trial);
  }
}
