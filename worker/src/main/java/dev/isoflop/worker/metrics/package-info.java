/** What a running trial shows to Prometheus. */
@NullMarked
package dev.isoflop.worker.metrics;

import org.jspecify.annotations.NullMarked;
