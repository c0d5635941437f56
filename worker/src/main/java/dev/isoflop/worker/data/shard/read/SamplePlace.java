package dev.isoflop.worker.data.shard.read;

/**
 * A sample's place in its data set, which never changes.
 *
 * @param shard the setting that named the shard and the shard, for errors
 * @param index the shard's place in the list, from 0
 * @param number the sample's place in the shard, from 0
 */
public record SamplePlace(String shard, int index, long number) {}
