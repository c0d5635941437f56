/**
 * What a sweep should do next, decided from what was observed of it.
 *
 * <p>Pure: no clock, no file, no cluster. Whoever runs sweeps observes, asks {@link
 * dev.isoflop.operator.sweep.decide.SweepDecider}, and acts. Nothing is remembered between two
 * decisions, so a runner may be killed at any moment: the next observation leads on from wherever
 * the last action left things.
 *
 * <p>The protocol of a runner:
 *
 * <ol>
 *   <li>Observe everything into a {@link dev.isoflop.operator.sweep.observe.SweepObservation}.
 *   <li>Carry out the decision's actions in their order. The record of an intent precedes the act,
 *       so any prefix of the actions is safe. Each action may be carried out again.
 *   <li>Store the sweep's status if it differs from the one observed.
 *   <li>Decide again when something happened, and at the latest at {@code lookAgain}.
 * </ol>
 */
@NullMarked
package dev.isoflop.operator.sweep;

import org.jspecify.annotations.NullMarked;
