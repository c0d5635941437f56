/**
 * How a trial is trained, sampled and evaluated: the model, the optimizer, the schedules, the
 * metrics.
 *
 * <p>Uses {@code bounds} and {@code data}.
 */
@NullMarked
package dev.isoflop.api.v1alpha1.training;

import org.jspecify.annotations.NullMarked;
