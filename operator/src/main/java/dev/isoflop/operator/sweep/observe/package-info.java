/**
 * What a decision depends on, as a runner hands it in.
 *
 * <p>Uses no other package of {@code sweep}.
 */
@NullMarked
package dev.isoflop.operator.sweep.observe;

import org.jspecify.annotations.NullMarked;
