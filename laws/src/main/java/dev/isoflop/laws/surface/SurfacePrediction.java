package dev.isoflop.laws.surface;

import dev.isoflop.laws.stats.Interval;
import java.util.Optional;

/** The compute-optimal model of a budget, as the surface foresees it, with bootstrap intervals. */
public record SurfacePrediction(
    double flops,
    double parameters,
    double tokens,
    double loss,
    Optional<Interval> parametersInterval,
    Optional<Interval> tokensInterval,
    Optional<Interval> lossInterval) {}
