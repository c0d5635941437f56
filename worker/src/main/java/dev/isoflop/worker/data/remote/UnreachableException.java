package dev.isoflop.worker.data.remote;

import java.io.IOException;

/** A server that gave nothing in as many tries as were allowed. */
final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int tries;
  private final IOException failure;

  UnreachableException(int tries, IOException failure) {
    super(failure);
    this.tries = tries;
    this.failure = failure;
  }

  int tries() {
    return tries;
  }

  /** The last try's. */
  IOException failure() {
    return failure;
  }
}
