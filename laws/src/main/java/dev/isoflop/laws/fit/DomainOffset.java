package dev.isoflop.laws.fit;

import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Trend;
import java.util.Optional;

/**
 * Offset of a metric on one evaluation set from the same metric of the same models on another, at
 * the compute-optimal model of every budget both were measured at.
 *
 * @param ratio geometric mean of dataset over reference
 * @param slopeDifference exponent of dataset minus that of reference: the slope of the log ratio in
 *     log C, from pairs, so that what both sets share cancels
 * @param interval of the slope difference, Student-t
 * @param bootstrapInterval of the slope difference
 * @param ratioTrend whether the ratio changes with compute
 * @param difference mean of dataset minus reference
 * @param differencePerDecade change of that difference with ten times the compute
 * @param differenceInterval of that change, Student-t
 * @param differenceTrend whether the size of the gap changes with compute; a ratio may be constant
 *     while the gap shrinks with the metric
 * @param budgets how many pairs
 */
public record DomainOffset(
    String metric,
    String dataset,
    String reference,
    double ratio,
    double slopeDifference,
    Interval interval,
    Optional<Interval> bootstrapInterval,
    Trend ratioTrend,
    double difference,
    double differencePerDecade,
    Interval differenceInterval,
    Trend differenceTrend,
    int budgets) {}
