package dev.isoflop.worker.evaluate;

/**
 * A number measured on evaluation examples.
 *
 * @param value a mean over examples, or a distance between sets of them
 * @param standardError of the value, over the choice of examples and of all that is drawn for them;
 *     NaN where one example tells none
 * @param examples examples used
 */
public record Measurement(double value, double standardError, int examples) {}
