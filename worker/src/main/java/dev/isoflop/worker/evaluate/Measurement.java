package dev.isoflop.worker.evaluate;

/**
 * A mean over evaluation examples.
 *
 * @param standardError of the mean, over the choice of examples, times and noise
 */
public record Measurement(double mean, double standardError, int examples) {}
