package dev.isoflop.operator.plan;

import dev.isoflop.model.TransformerShape;
import dev.isoflop.trial.TrialExperiment;

/**
 * One trial of the grid.
 *
 * @param name a DNS label, the same in every plan that holds the trial
 * @param key the experiment's digest, see {@link dev.isoflop.trial.TrialKey}
 */
public record PlannedTrial(String name, String key, TrialExperiment experiment) {

  /** The budget it belongs to, C; {@link TrialExperiment#flops()} is within half a step of it. */
  public double budget() {
    return experiment.budgetFlops();
  }

  /** Shape of the model. */
  public TransformerShape shape() {
    return experiment.shape();
  }

  /**
   * Matrix-multiplication FLOPs that training and evaluation run, whatever the sweep's convention:
   * what its duration follows.
   */
  public double work() {
    return trainingWork() + evaluationWork();
  }

  /** Matrix-multiplication FLOPs of its training. */
  public double trainingWork() {
    return experiment.samples() * shape().trainingFlops();
  }

  /** Matrix-multiplication FLOPs of its validation losses. */
  public double evaluationWork() {
    double evaluated =
        (double) experiment.evaluation().samples() * experiment.data().evaluation().size();
    return evaluated * shape().forwardFlops();
  }
}
