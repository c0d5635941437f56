/**
 * The status of a sweep: counts, curves, laws, predictions, conditions.
 *
 * <p>Uses {@code laws}, {@code state} and {@code observe}.
 */
@NullMarked
package dev.isoflop.operator.sweep.status;

import org.jspecify.annotations.NullMarked;
