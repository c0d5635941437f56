/**
 * Metrics of a running trial, for Prometheus at {@code /metrics}, and its progress for the operator
 * at {@code /progress}, from where {@code dev.isoflop.operator.collect} takes it to the status.
 * Final values leave in the trial's result.
 */
@NullMarked
package dev.isoflop.worker.metrics;

import org.jspecify.annotations.NullMarked;
