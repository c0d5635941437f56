package dev.isoflop.operator.collect;

import java.util.OptionalDouble;

/**
 * Metrics that one worker shows of its trial at one moment. A metric that the page lacks, or that
 * has no value yet ({@code NaN}), is empty here: nothing measured is not zero.
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
    OptionalDouble checkpointAgeSeconds) {}
