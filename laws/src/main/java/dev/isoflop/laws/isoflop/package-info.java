/**
 * IsoFLOP curves: the losses of one budget's models by size, the parabola through them, its
 * minimum, and the resamples of all three (approach 2 of Hoffmann et al. 2022).
 *
 * <p>Start at {@link dev.isoflop.laws.isoflop.CurveFitter}, then {@link
 * dev.isoflop.laws.isoflop.CurveBootstrap}.
 *
 * <p>Uses {@code stats}, {@code data}, {@code finding}, {@code options} and, to estimate what a
 * parabola misses, {@code surface}.
 */
@NullMarked
package dev.isoflop.laws.isoflop;

import org.jspecify.annotations.NullMarked;
