package dev.isoflop.laws.powerlaw;

import dev.isoflop.laws.stats.Interval;
import java.util.Optional;

/**
 * The value of a law at one budget, with its intervals.
 *
 * @param interval where the law's value lies (Student-t)
 * @param predictionInterval where the optimum of one further budget would be measured, its own
 *     scatter about the law included (Student-t)
 * @param bootstrapInterval where the law's value lies, by the bootstrap's percentiles
 * @param extrapolationFactor how far the budget lies outside the fitted ones: C over the largest,
 *     or the smallest over C; 1 inside them
 */
public record LawPrediction(
    double flops,
    double value,
    Interval interval,
    Interval predictionInterval,
    Optional<Interval> bootstrapInterval,
    double extrapolationFactor) {}
