/**
 * What is known of each trial and of the sweep once what was observed has been entered: results,
 * failures, retries, holds.
 *
 * <p>Uses {@code observe}. Whether a failed trial runs again is decided in {@link
 * dev.isoflop.operator.sweep.state.AttemptVerdict}, and when in {@link
 * dev.isoflop.operator.sweep.state.BackOff}.
 */
@NullMarked
package dev.isoflop.operator.sweep.state;

import org.jspecify.annotations.NullMarked;
