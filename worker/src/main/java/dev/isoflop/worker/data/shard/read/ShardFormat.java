package dev.isoflop.worker.data.shard.read;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.shard.locate.Shard;

/** Format of a shard, which reads its samples. */
public interface ShardFormat {
  /**
   * Opens a shard.
   *
   * @param field the setting that named it, for errors
   * @param index its place in the list of shards
   */
  SampleReader open(String field, Shard shard, int index) throws DataException;

  /** What shards must hold, as advice to someone whose shards hold nothing. */
  String advice();
}
