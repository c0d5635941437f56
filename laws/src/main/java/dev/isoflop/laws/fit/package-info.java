/**
 * All laws of one sweep at once: isoFLOP curves, the power laws through their minima, the surface
 * beside them, checks of one against the other, and predictions.
 *
 * <p>Start at {@link dev.isoflop.laws.fit.LawFitter}, which makes {@link
 * dev.isoflop.laws.fit.Laws}.
 *
 * <p>Uses all packages but {@code compare} and {@code envelope}.
 */
@NullMarked
package dev.isoflop.laws.fit;

import org.jspecify.annotations.NullMarked;
