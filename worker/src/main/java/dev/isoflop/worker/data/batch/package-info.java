/** Turns a stream of examples into batches, in the background. */
@NullMarked
package dev.isoflop.worker.data.batch;

import org.jspecify.annotations.NullMarked;
