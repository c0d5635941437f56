package dev.isoflop.operator.sweep.laws;

import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.sweep.state.ResultCheck;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialResult;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A succeeded trial as a point of the fits. Its loss is the validation loss on the first evaluation
 * set; N, D and samples follow from the plan, which {@link ResultCheck} has held the result to.
 */
public final class TrialPoint {

  private TrialPoint() {}

  /** The point of a result that has its loss. */
  public static TrainedPoint of(String name, TrialExperiment experiment, TrialResult result) {
    String first = experiment.data().evaluation().get(0).name();
    MetricValue loss =
        result
            .metric(Metric.ValidationLoss, first)
            .orElseThrow(() -> new IllegalStateException(name + " has no loss on " + first));
    TreeMap<MetricSeries, Measurement> further = new TreeMap<>();
    for (MetricValue value : result.metrics()) {
      if (!value.equals(loss) && Double.isFinite(value.value())) {
        further.put(new MetricSeries(value.metric().name(), value.dataset()), measured(value));
      }
    }
    return new TrainedPoint(
        name,
        experiment.budgetFlops(),
        experiment.shape().parameters(),
        experiment.tokens(),
        OptionalDouble.of(experiment.samples()),
        measured(loss),
        further);
  }

  private static Measurement measured(MetricValue value) {
    Double error = value.standardError();
    return error != null && error > 0 && Double.isFinite(error)
        ? Measurement.of(value.value(), error)
        : Measurement.of(value.value());
  }
}
