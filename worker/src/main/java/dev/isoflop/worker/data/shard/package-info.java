/**
 * Data sets stored as shards, whatever their format: an ordered list of files, each an ordered list
 * of samples that a {@link dev.isoflop.worker.data.shard.read.SampleReader} reads from front to
 * back.
 *
 * <p>Training reads the shards of an epoch in a random order and shuffles within blocks of bounded
 * size. Blocks, unlike a sliding shuffle buffer, make the place of every example computable from
 * what the files say of their samples' sizes, so that a run can be resumed at any example without
 * reading the contents before it. Nothing is ever unpacked; names inside a shard are labels and no
 * paths.
 */
@NullMarked
package dev.isoflop.worker.data.shard;

import org.jspecify.annotations.NullMarked;
