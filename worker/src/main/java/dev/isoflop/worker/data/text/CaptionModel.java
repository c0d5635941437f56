package dev.isoflop.worker.data.text;

import dev.isoflop.worker.data.DataException;

/** A network that encodes captions; costly enough that nobody calls it twice for the same one. */
interface CaptionModel extends AutoCloseable {
  /** Most positions of a caption, T. */
  int tokens();

  /** Values per position, W. */
  int width();

  /**
   * The features {@code [n, W]} of the {@code n <= T} tokens that a caption has. They depend on the
   * caption alone. Safe for use by threads.
   *
   * @throws DataException if the network fails
   */
  float[] encode(String caption) throws DataException;

  /** Digest of the network and its tokenizer: equal digests give equal features. */
  String digest();

  @Override
  void close();
}
