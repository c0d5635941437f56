/**
 * One run of a sweep on this machine: the loop that observes, decides and acts, and what it tells
 * while it does.
 *
 * <p>Uses {@code process} and {@code store}; start at {@link
 * dev.isoflop.operator.local.run.LocalSweep}.
 */
@NullMarked
package dev.isoflop.operator.local.run;

import org.jspecify.annotations.NullMarked;
