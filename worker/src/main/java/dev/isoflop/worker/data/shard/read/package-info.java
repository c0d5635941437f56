/**
 * Reads one shard from front to back, whatever its format.
 *
 * <p>Uses {@code locate}.
 */
@NullMarked
package dev.isoflop.worker.data.shard.read;

import org.jspecify.annotations.NullMarked;
