package dev.isoflop.operator.laws;

/** Percentile intervals of a surface's numbers, by the bootstrap. */
public record SurfaceIntervals(
    Interval irreducible,
    Interval alpha,
    Interval beta,
    Interval parametersExponent,
    Interval tokensExponent) {}
