/**
 * Finds the files of a data set from a pattern or an address, on this machine or behind HTTP.
 *
 * <p>Uses no other package of {@code shard}.
 */
@NullMarked
package dev.isoflop.worker.data.shard.locate;

import org.jspecify.annotations.NullMarked;
