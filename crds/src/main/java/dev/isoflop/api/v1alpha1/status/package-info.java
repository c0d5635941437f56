/**
 * What a sweep and a trial say of themselves: progress, attempts, curves, laws, predictions.
 *
 * <p>Uses {@code bounds}.
 */
@NullMarked
package dev.isoflop.api.v1alpha1.status;

import org.jspecify.annotations.NullMarked;
