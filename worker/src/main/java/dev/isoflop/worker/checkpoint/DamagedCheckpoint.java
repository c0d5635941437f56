package dev.isoflop.worker.checkpoint;

/** A checkpoint file whose bytes are not what was written; an older one may do instead. */
final class DamagedCheckpoint extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedCheckpoint(String message) {
    super(message);
  }
}
