/**
 * Turns: what wakes one, how it observes, decides and acts, what it writes to the cluster and what
 * it tells.
 *
 * <p>Uses {@code observe} and {@code resources}; start at {@link
 * dev.isoflop.operator.kubernetes.reconcile.SweepTurn}. An attempt is started by {@link
 * dev.isoflop.operator.kubernetes.reconcile.JobStarts}.
 */
@NullMarked
package dev.isoflop.operator.kubernetes.reconcile;

import org.jspecify.annotations.NullMarked;
