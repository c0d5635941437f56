package dev.isoflop.laws.compare;

import dev.isoflop.laws.stats.Interval;
import java.util.Optional;

/**
 * The optimal losses of two sweeps at one budget, by their laws.
 *
 * @param ratio second over first; below 1 the second is lower
 * @param interval of the ratio; empty when a law is known by its numbers only
 * @param verdictInterval the same with the confidence of the comparison's verdicts
 */
public record LossAtCompute(
    double flops,
    double first,
    double second,
    double ratio,
    Optional<Interval> interval,
    Optional<Interval> verdictInterval) {}
