package dev.isoflop.worker.evaluate.features;

/**
 * How far two sets of features are apart, as measured on samples.
 *
 * @param standardError over the choice of examples and their noise; NaN where it cannot be told
 */
public record Distance(double value, double standardError) {}
