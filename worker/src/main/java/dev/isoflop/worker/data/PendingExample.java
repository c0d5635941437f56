package dev.isoflop.worker.data;

/**
 * An example whose place in the stream is settled but whose pixels are not made yet.
 *
 * <p>Taking the next one from a stream is cheap and sequential; decoding is the expensive part and
 * may run on any thread, so that many can be decoded at once without changing their order.
 */
@FunctionalInterface
public interface PendingExample {
  /**
   * Draws or decodes the image; every call gives the same bits.
   *
   * @throws DataException if the stored image or caption cannot be used
   */
  Example decode() throws DataException;
}
