/**
 * Power laws in compute, y = k C^a, and those that level off, y = e + k C^a, with their intervals
 * and predictions.
 *
 * <p>The interval of an exponent is computed by {@link dev.isoflop.laws.powerlaw.PowerLawFitter}
 * from {@link dev.isoflop.laws.powerlaw.LawEstimate} (Student's t) and {@link
 * dev.isoflop.laws.powerlaw.LawDraws} (the bootstrap).
 *
 * <p>Uses {@code stats}, {@code text}, {@code data}, {@code finding}, {@code options} and, to fit
 * what levels off, {@code surface}.
 */
@NullMarked
package dev.isoflop.laws.powerlaw;

import org.jspecify.annotations.NullMarked;
