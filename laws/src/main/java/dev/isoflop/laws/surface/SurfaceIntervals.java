package dev.isoflop.laws.surface;

import dev.isoflop.laws.stats.Interval;

/** Percentile intervals of a surface's numbers, by the bootstrap. */
public record SurfaceIntervals(
    Interval irreducible,
    Interval alpha,
    Interval beta,
    Interval parametersExponent,
    Interval tokensExponent) {}
