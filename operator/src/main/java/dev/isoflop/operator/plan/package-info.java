/**
 * From a manifest to its grid of trials, or to the reasons why there is none, before anything is
 * spent.
 *
 * <p>Pure: the same spec gives the same plan, to the last bit, wherever it is made.
 *
 * <p>Start at {@link dev.isoflop.operator.plan.SweepPlanner}.
 */
@NullMarked
package dev.isoflop.operator.plan;

import org.jspecify.annotations.NullMarked;
