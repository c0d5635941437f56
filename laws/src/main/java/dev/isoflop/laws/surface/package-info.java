/**
 * The loss surface L(N, D) = E + A N^-alpha + B D^-beta through all trained models at once
 * (approach 3 of Hoffmann et al. 2022, arXiv:2203.15556).
 *
 * <p>Uses {@code stats}, {@code data}, {@code finding} and {@code options}. Start at {@link
 * dev.isoflop.laws.surface.SurfaceFitter}.
 */
@NullMarked
package dev.isoflop.laws.surface;

import org.jspecify.annotations.NullMarked;
