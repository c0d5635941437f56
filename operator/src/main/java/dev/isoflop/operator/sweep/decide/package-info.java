/**
 * Decides what a sweep does next: which trials to create, which attempts to start and to stop.
 *
 * <p>Uses all other packages of {@code sweep}; start at {@link
 * dev.isoflop.operator.sweep.decide.SweepDecider}. Attempts are scheduled by {@link
 * dev.isoflop.operator.sweep.decide.AttemptSchedule}.
 */
@NullMarked
package dev.isoflop.operator.sweep.decide;

import org.jspecify.annotations.NullMarked;
