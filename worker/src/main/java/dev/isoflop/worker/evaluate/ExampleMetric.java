package dev.isoflop.worker.evaluate;

import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A metric that is a mean over the examples of a set, each measured by itself. */
abstract class ExampleMetric implements SetMetric {
  private final Metric metric;
  private final TrialExperiment experiment;
  private final String arithmetic;
  private final StopSignal stop;

  ExampleMetric(Metric metric, TrialExperiment experiment, DiffusionModel model, StopSignal stop) {
    this.metric = metric;
    this.experiment = experiment;
    this.arithmetic = model.arithmetic();
    this.stop = stop;
  }

  /**
   * Method of measuring a set.
   *
   * @param examples how many are measured
   * @param values of the examples of a batch
   * @param mean of all values, with its standard error
   * @param method with its version, what the record of the measurement begins with
   * @param details what the record further says of the method
   */
  record Method(
      int examples,
      EvaluationSet.BatchMeasure values,
      Function<double[], Measurement> mean,
      String method,
      int version,
      UnaryOperator<MeasurementRecord> details) {}

  /** The method for a set. */
  abstract Method method(ModelState state, Dataset set);

  @Override
  public final Optional<List<Reading>> measure(ModelState state, Dataset set, DataSources data)
      throws DataException, InterruptedException {
    Method method = method(state, set);
    EvaluationSet measured = new EvaluationSet(set, data, method.examples());
    Optional<double[]> values =
        measured.measure(
            EvaluationSet.batchSize(experiment, method.examples()), stop, method.values());
    if (values.isEmpty()) {
      return Optional.empty();
    }
    MeasurementRecord record =
        measured
            .record(method.method(), method.version())
            .with("weights", experiment.evaluation().weights())
            .with("arithmetic", arithmetic);
    return Optional.of(
        List.of(
            new Reading(
                metric,
                set.name(),
                method.mean().apply(values.get()),
                method.details().apply(record))));
  }
}
