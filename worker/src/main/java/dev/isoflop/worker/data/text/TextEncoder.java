package dev.isoflop.worker.data.text;

import dev.isoflop.worker.data.DataException;

/**
 * Turns a caption into {@code tokens} vectors of {@code width} values. An encoder is fixed: it is
 * never trained, and the same caption always gives the same bits. Safe for use by threads.
 */
public interface TextEncoder extends AutoCloseable {
  /** Positions per caption, T. */
  int tokens();

  /** Values per position, W. */
  int width();

  /**
   * Writes the features {@code [T, W]} of a caption, zeros where it has no more words; words after
   * the last position are dropped.
   *
   * @param features receives {@code tokens() * width()} values
   * @param offset where in {@code features} the first goes
   * @throws DataException if the encoder's files cannot be read or its network fails
   */
  void encode(String caption, float[] features, int offset) throws DataException;

  /** Digest of the encoder, for provenance. */
  String digest();

  /** Releases a network, if there is one. */
  @Override
  default void close() {}
}
