package dev.isoflop.worker.evaluate;

import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures a trained model on all evaluation sets of its experiment. */
public final class TrialEvaluation {
  private final TrialExperiment experiment;
  private final List<SetMetric> metrics;
  private final StopSignal stop;

  public TrialEvaluation(
      TrialExperiment experiment, DiffusionModel model, EvaluationPlace place, StopSignal stop) {
    this.experiment = experiment;
    this.stop = stop;
    metrics = SetMetrics.of(experiment, model, place, stop);
  }

  /**
   * Reads through all that the model will be measured on, so that a set which is too small or
   * damaged is found before training is paid for; false if asked to stop before the end.
   */
  public boolean rehearse(DataSources data) throws DataException, InterruptedException {
    for (Dataset dataset : data.evaluation()) {
      try (ExampleStream stream = dataset.evaluation(experiment.evaluation().samples())) {
        for (Optional<PendingExample> next = stream.next();
            next.isPresent();
            next = stream.next()) {
          if (stop.requested()) {
            return false;
          }
          next.get().decode();
        }
      }
    }
    for (SetMetric metric : metrics) {
      if (!metric.rehearse(data)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The readings of every metric on each evaluation set, sets in their order; empty if asked to
   * stop before the end.
   */
  public Optional<List<Reading>> measure(ModelState state, DataSources data)
      throws DataException, InterruptedException {
    List<Reading> readings = new ArrayList<>();
    for (Dataset dataset : data.evaluation()) {
      for (SetMetric metric : metrics) {
        Optional<List<Reading>> measured = metric.measure(state, dataset, data);
        if (measured.isEmpty()) {
          return Optional.empty();
        }
        readings.addAll(measured.get());
      }
    }
    return Optional.of(List.copyOf(readings));
  }
}
