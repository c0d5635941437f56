package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialKey;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the trials of one sweep: a shape trained for the steps that reach a budget. */
final class TrialMaker {
  private final ScalingSweepSpec spec;
  private final TrialNames names;

  TrialMaker(String sweepName, ScalingSweepSpec spec) {
    this.spec = spec;
    this.names = new TrialNames(sweepName);
  }

  /** FLOPs of one step, in the sweep's convention. */
  double stepFlops(TransformerShape shape) {
    return spec.training().batchSize() * shape.trainingFlops(spec.flopConvention());
  }

  long steps(double flops, TransformerShape shape) {
    return Math.max(1, Math.round(flops / stepFlops(shape)));
  }

  /** Whether whole steps come close enough to the budget. */
  boolean sensible(double flops, TransformerShape shape) {
    return flops / stepFlops(shape) >= PlanError.BudgetBelowOneStep.SENSIBLE_STEPS;
  }

  /** One point of a curve, as often as the grid repeats it. */
  List<PlannedTrial> repeats(double flops, TransformerShape shape) {
    return IntStream.range(0, spec.grid().repeats())
        .mapToObj(repeat -> trial(flops, shape, repeat))
        .toList();
  }

  PlannedTrial trial(double flops, TransformerShape shape, int repeat) {
    TrialExperiment experiment =
        new TrialExperiment(
            flops,
            spec.flopConvention(),
            shape,
            steps(flops, shape),
            repeat,
            spec.data(),
            spec.training(),
            spec.evaluation());
    String key = TrialKey.of(experiment);
    return new PlannedTrial(names.of(experiment, key), key, experiment);
  }
}
