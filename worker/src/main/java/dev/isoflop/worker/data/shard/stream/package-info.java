/**
 * Puts shards together to streams of examples: shuffled and endless for training, in order for
 * evaluation.
 *
 * <p>Uses {@code locate}, {@code read} and {@code decode}; start at {@link
 * dev.isoflop.worker.data.shard.stream.ShardDataset}.
 */
@NullMarked
package dev.isoflop.worker.data.shard.stream;

import org.jspecify.annotations.NullMarked;
