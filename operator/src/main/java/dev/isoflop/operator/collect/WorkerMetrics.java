package dev.isoflop.operator.collect;

import dev.isoflop.trial.MetricNames;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one worker says of its trial at one moment. A metric that the page lacks, or that has no
 * value yet ({@code NaN}), is empty here: nothing measured is not zero.
 *
 * @param progress share of the training done, 0 to 1
 * @param samplesSeen training samples so far
 * @param checkpointAgeSeconds since the last checkpoint
 * @param modelFlopsUtilization share of the device's peak
 */
public record WorkerMetrics(
    OptionalDouble step,
    OptionalDouble progress,
    OptionalDouble trainLoss,
    OptionalDouble gradientNorm,
    OptionalDouble tokens,
    OptionalDouble samplesSeen,
    OptionalDouble flops,
    OptionalDouble modelFlopsUtilization,
    OptionalDouble checkpointAgeSeconds) {

  /** The metrics of a trial on a page; samples of other trials are not ours. */
  static WorkerMetrics of(List<Sample> page, String trial) {
    return new WorkerMetrics(
        value(page, trial, MetricNames.STEP),
        value(page, trial, MetricNames.PROGRESS),
        value(page, trial, MetricNames.TRAIN_LOSS),
        value(page, trial, MetricNames.GRADIENT_NORM),
        value(page, trial, MetricNames.TOKENS),
        value(page, trial, MetricNames.SAMPLES),
        value(page, trial, MetricNames.FLOPS),
        value(page, trial, MetricNames.MODEL_FLOPS_UTILIZATION),
        value(page, trial, MetricNames.CHECKPOINT_AGE));
  }

  private static OptionalDouble value(List<Sample> page, String trial, String name) {
    return page.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> trial.equals(sample.labels().get(MetricNames.TRIAL)))
        .mapToDouble(Sample::value)
        .filter(value -> !Double.isNaN(value))
        .findFirst();
  }
}
