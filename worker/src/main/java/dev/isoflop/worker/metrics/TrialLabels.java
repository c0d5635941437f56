package dev.isoflop.worker.metrics;

import dev.isoflop.metric.MetricNames;
import dev.isoflop.trial.TrialConfig;

/** The labels that all of a trial's series carry. */
final class TrialLabels {
  private TrialLabels() {}

  static String[] names() {
    return MetricNames.TRIAL_LABELS.toArray(String[]::new);
  }

  static String[] values(TrialConfig config) {
    return new String[] {
      config.namespace(),
      config.sweep(),
      config.trial(),
      Double.toString(config.experiment().budgetFlops())
    };
  }
}
