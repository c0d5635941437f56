/**
 * The one way to act on a decision: {@link dev.isoflop.operator.backend.Backend}, which processes
 * ({@code local.run}) and Jobs ({@code kubernetes.reconcile}) implement.
 *
 * <p>Uses {@code sweep} alone.
 */
@NullMarked
package dev.isoflop.operator.backend;

import org.jspecify.annotations.NullMarked;
