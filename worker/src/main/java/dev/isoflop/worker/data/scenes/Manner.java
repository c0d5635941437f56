package dev.isoflop.worker.data.scenes;

/**
 * Style in which scenes are drawn. The scenes themselves and their captions follow one
 * distribution.
 */
public enum Manner {
  /** Filled figures with clear colours before a soft gradient. */
  SOLID(1),
  /** Crayon outlines and hatching in muted colours on ruled paper or a chalk board. */
  SKETCHED(2);

  private final long key;

  Manner(long key) {
    this.key = key;
  }

  /** Its part of the key of every random number, so that no scene comes in both manners. */
  long key() {
    return key;
  }
}
