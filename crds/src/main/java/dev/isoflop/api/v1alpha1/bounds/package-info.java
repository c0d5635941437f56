/**
 * The bounds of the API, each stated once: sizes of texts and lists, durations, quantities of
 * Kubernetes.
 *
 * <p>Uses no other package of the API.
 */
@NullMarked
package dev.isoflop.api.v1alpha1.bounds;

import org.jspecify.annotations.NullMarked;
