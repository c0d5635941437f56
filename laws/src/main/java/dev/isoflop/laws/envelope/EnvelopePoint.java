package dev.isoflop.laws.envelope;

/**
 * Where the lower envelope passes from one size to the next larger: both have the same loss there,
 * so that the optimum lies between them.
 *
 * @param flops of the crossing
 * @param parameters geometric mean of the two sizes
 * @param tokens geometric mean of what both had processed
 * @param loss of both, so a little above the optimum's
 */
public record EnvelopePoint(double flops, double parameters, double tokens, double loss) {}
