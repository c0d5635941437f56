package dev.isoflop.operator.local;

import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.util.List;

/**
 * Training without arithmetic: a state that every step changes, and a loss that depends on the
 * experiment and, a little, on the state, so that a lost or doubled step shows.
 */
public final class FakeTraining {
  static final long START = 0x9E3779B97F4A7C15L;

  private FakeTraining() {}

  static long step(long state, long number) {
    long mixed = (state ^ number) * 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 29);
  }

  public static long train(long steps) {
    long state = START;
    for (long number = 1; number <= steps; number++) {
      state = step(state, number);
    }
    return state;
  }

  public static double loss(TrialExperiment experiment, long state) {
    double flops = experiment.budgetFlops();
    double optimum = 0.5 * Math.sqrt(flops);
    double distance = Math.log(experiment.shape().parameters() / optimum);
    double noise = (state >>> 12) * 0x1p-52 * 1e-4;
    return 0.5 + 0.8 * Math.pow(flops / 1e10, -0.1) + 0.02 * distance * distance + noise;
  }

  static TrialResult succeeded(TrialConfig config, long state) {
    TrialExperiment experiment = config.experiment();
    double loss = loss(experiment, state);
    return result(
        config,
        TrialOutcome.succeeded(),
        experiment.steps(),
        List.of(new MetricValue(Metric.ValidationLoss, "scenes", loss, 1e-4, 16, null)));
  }

  public static TrialResult result(
      TrialConfig config, TrialOutcome outcome, long steps, List<MetricValue> metrics) {
    TrialExperiment experiment = config.experiment();
    double samples = (double) steps * experiment.training().batchSize();
    return new TrialResult(
        config.trial(),
        config.key(),
        outcome,
        experiment.shape().parameters(),
        experiment.shape().totalParameters(),
        steps,
        samples,
        samples * experiment.shape().tokensPerSample(),
        samples * experiment.shape().trainingFlops(experiment.flopConvention()),
        metrics.isEmpty() ? null : metrics.get(0).value(),
        metrics,
        1,
        0,
        null,
        "fake");
  }
}
