package dev.isoflop.operator.meters;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.trial.Metric;
import dev.isoflop.trial.MetricNames;
import dev.isoflop.trial.MetricValue;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The points of a sweep's isoFLOP curves: size and loss of each trial that succeeded. They outlive
 * the workers, which show their last measurement too briefly to be scraped for certain.
 */
final class PointReadings {
  /**
   * Trials shown of one sweep: those that ended last. A sweep of ten thousand trials must not fill
   * the Prometheus that watches it.
   */
  static final int MOST = 1000;

  private PointReadings() {}

  static List<Reading> of(Collection<Trial> trials) {
    List<Reading> readings = new ArrayList<>();
    trials.stream()
        .filter(PointReadings::succeeded)
        .sorted(
            Comparator.comparing(PointReadings::completion)
                .reversed()
                .thenComparing(trial -> trial.getMetadata().getName()))
        .limit(MOST)
        .forEach(trial -> add(readings, trial));
    return readings;
  }

  private static boolean succeeded(Trial trial) {
    return trial.getStatus() != null
        && trial.getStatus().result() != null
        && trial.getStatus().result().outcome().type() == OutcomeType.Succeeded;
  }

  private static String completion(Trial trial) {
    String time = trial.getStatus().completionTime();
    return time == null ? "" : time;
  }

  private static void add(List<Reading> readings, Trial trial) {
    TrialResult result = trial.getStatus().result();
    if (result == null) {
      return;
    }
    String[] tags = {
      MetricNames.TRIAL,
      trial.getMetadata().getName(),
      MetricNames.BUDGET,
      Double.toString(trial.getSpec().experiment().budgetFlops())
    };
    String fitted = trial.getSpec().experiment().data().evaluation().get(0).name();
    Optional<MetricValue> loss = result.metric(Metric.ValidationLoss, fitted);
    if (loss.isPresent()) {
      readings.add(Reading.of(MeterNames.TRIAL_PARAMETERS, (double) result.parameters(), tags));
      readings.add(Reading.of(MeterNames.TRIAL_LOSS, loss.get().value(), tags));
    }
  }
}
