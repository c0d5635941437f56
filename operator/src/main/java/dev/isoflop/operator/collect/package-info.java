/**
 * Reads how far running workers say they are: a {@link WorkerScraper} asks the worker itself, a
 * {@link PrometheusScraper} a Prometheus, and {@link LiveMetrics} keep what was last told for the
 * status of the trial. Final numbers do not come from here; they stand in a trial's result.
 */
@NullMarked
package dev.isoflop.operator.collect;

import org.jspecify.annotations.NullMarked;
