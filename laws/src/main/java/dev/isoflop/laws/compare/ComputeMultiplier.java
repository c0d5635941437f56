package dev.isoflop.laws.compare;

import dev.isoflop.laws.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Ratio of the first sweep's compute to the second's at equal loss: the first reaches the second's
 * loss at {@code flops} with {@code multiplier * flops}. Above 1 the second sweep is the more
 * efficient.
 *
 * @param flops compute of the second sweep
 * @param loss reached there
 * @param multiplier empty when the first sweep's law never gets there: it does not fall, or levels
 *     off above
 * @param interval of the multiplier: all those at which the two laws do not contradict each other.
 *     An end is 0 or infinite where the laws do not bound it; empty when a law is known by its
 *     numbers only, or there is no multiplier
 * @param extrapolationFactor how far {@code multiplier * flops} lies outside the budgets of the
 *     first sweep; 1 inside them
 */
public record ComputeMultiplier(
    double flops,
    double loss,
    OptionalDouble multiplier,
    Optional<Interval> interval,
    double extrapolationFactor) {}
