/**
 * What the cluster says: watched resources in bounds, Jobs, pods, events, queues, and the metrics
 * of workers.
 *
 * <p>Uses {@code resources}.
 */
@NullMarked
package dev.isoflop.operator.kubernetes.observe;

import org.jspecify.annotations.NullMarked;
