/**
 * Runs a sweep on this machine: worker processes in place of pods, a folder in place of the API
 * server. What should happen is decided by {@code sweep}; here it is observed and carried out.
 *
 * <p>Start at {@link dev.isoflop.operator.local.run.LocalSweep}.
 */
@NullMarked
package dev.isoflop.operator.local;

import org.jspecify.annotations.NullMarked;
