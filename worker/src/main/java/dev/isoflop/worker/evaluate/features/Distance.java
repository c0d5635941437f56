package dev.isoflop.worker.evaluate.features;

/**
 * Distance of two sets of features, as measured on samples.
 *
 * @param standardError over the choice of examples and their noise; NaN where it cannot be told
 */
public record Distance(double value, double standardError) {}
