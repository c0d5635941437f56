package dev.isoflop.worker.evaluate;

import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.train.StopSignal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Chooses what measures the metrics that an experiment asks for. */
final class SetMetrics {
  private SetMetrics() {}

  /** One for each family of metrics that is asked for, in a fixed order. */
  static List<SetMetric> of(
      TrialExperiment experiment, DiffusionModel model, EvaluationPlace place, StopSignal stop) {
    Set<Metric> wanted = EnumSet.copyOf(experiment.evaluation().metrics());
    List<SetMetric> chosen = new ArrayList<>();
    for (Metric metric : wanted) {
      switch (metric) {
        case ValidationLoss -> chosen.add(new ValidationLoss(experiment, model, stop));
        case VLB -> chosen.add(new VariationalBound(experiment, model, stop));
        case Likelihood -> chosen.add(new ExactLikelihood(experiment, model, stop));
        case FID, KID, FrechetDistance, KernelDistance -> {} // all in one, below
      }
    }
    if (wanted.stream().anyMatch(Metric::comparesFeatures)) {
      chosen.add(new FeatureDistances(experiment, model, place, stop));
    }
    return List.copyOf(chosen);
  }
}
