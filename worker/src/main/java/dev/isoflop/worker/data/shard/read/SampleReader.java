package dev.isoflop.worker.data.shard.read;

import dev.isoflop.worker.data.DataException;
import java.util.Optional;

/** Reads the samples of one shard from front to back. Not safe for use by several threads. */
public interface SampleReader extends AutoCloseable {
  /** Whether contents are wanted or only what is said of their sizes. */
  enum Mode {
    READ,
    SKIM
  }

  /**
   * The next sample, or empty at the end of the shard. Both modes meet the same samples with the
   * same sizes.
   *
   * @throws DataException if the shard is not what its format asks for, or cannot be read
   */
  Optional<StoredSample> next(Mode mode) throws DataException;

  /** Releases the file. Never fails: nothing read so far depends on it. */
  @Override
  void close();
}
