/**
 * Statistics and numerics that know nothing of scaling laws: intervals, Student's t, weighted
 * straight lines and parabolas, percentiles, a counter-based random number generator, damped least
 * squares.
 *
 * <p>Uses no other package of this module.
 */
@NullMarked
package dev.isoflop.laws.stats;

import org.jspecify.annotations.NullMarked;
