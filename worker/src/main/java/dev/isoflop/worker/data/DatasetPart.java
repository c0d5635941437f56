package dev.isoflop.worker.data;

/**
 * Part of a data set that can be read beside its other parts: a shard, or some numbers of an index.
 *
 * <p>Its stream holds each of its samples once, as they are stored, and as evaluation sees them. A
 * stream that fails has no further samples.
 */
public interface DatasetPart {
  /** Size in the unit of its data set: bytes, or samples. */
  long weight();

  /** Whether looking at it takes a download. */
  default boolean remote() {
    return false;
  }

  /** Its samples; the caller closes them. */
  ExampleStream open() throws DataException;

  /**
   * Looks whether its file can be had, without reading or downloading it.
   *
   * @throws DataException if it cannot
   */
  default void probe() throws DataException {}
}
