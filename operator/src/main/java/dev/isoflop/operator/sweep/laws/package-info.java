/**
 * From succeeded trials to fitted laws, and from laws to further sizes of the grid.
 *
 * <p>Uses {@code state} and {@code observe}; the fits themselves are those of {@link
 * dev.isoflop.laws.fit}.
 */
@NullMarked
package dev.isoflop.operator.sweep.laws;

import org.jspecify.annotations.NullMarked;
