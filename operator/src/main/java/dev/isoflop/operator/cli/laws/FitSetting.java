package dev.isoflop.operator.cli.laws;

/**
 * How laws were fitted.
 *
 * @param confidence of the intervals
 * @param bootstrap resamples
 * @param seed of the resampling
 */
public record FitSetting(double confidence, int bootstrap, long seed) {}
