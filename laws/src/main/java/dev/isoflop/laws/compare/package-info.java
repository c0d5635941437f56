/**
 * Comparison of sweeps: differences of their exponents, losses at equal compute, compute at equal
 * loss, and what the rules of "Scaling Laws For Diffusion Transformers" (arXiv:2410.08184, section
 * 4) make of them.
 *
 * <p>Start at {@link dev.isoflop.laws.compare.Comparison}.
 *
 * <p>Uses {@code fit} and what that uses; not {@code envelope}.
 */
@NullMarked
package dev.isoflop.laws.compare;

import org.jspecify.annotations.NullMarked;
